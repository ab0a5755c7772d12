"""A client of the hub that knows nothing of it but the .proto files.

Usage: client.py PROTO_FOLDER HOST:PORT

Generates its stubs from the protos into a temporary folder, takes one birth from the counter to its result, and prints what it saw as one JSON object.
"""
import datetime
import json
import sys
import tempfile
import time
import urllib.parse
import uuid
from importlib import import_module
from pathlib import Path

import grpc
import grpc_tools
from grpc_tools import protoc

COUNTER = "counter-20410-202507"
CALL_SECONDS = 10
WATCH_SECONDS = 30


def generate(protos: Path, out: Path) -> None:
    """Python code for every proto below `protos`."""
    files = sorted(str(file.relative_to(protos)) for file in protos.rglob("*.proto"))
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    arguments = ["protoc", f"-I{protos}", f"-I{well_known}", f"--python_out={out}", f"--grpc_python_out={out}", *files]
    if protoc.main(arguments) != 0:
        raise SystemExit("the protos cannot be compiled")


def modules(name: str):
    """Messages and stubs of a proto, e.g. `lienthong.intake.v1.intake`."""
    return import_module(f"{name}_pb2"), import_module(f"{name}_pb2_grpc")


def until(seen) -> None:
    """Looks again until `seen`: what one office does, another hears of a moment later."""
    deadline = time.monotonic() + CALL_SECONDS
    while not seen() and time.monotonic() < deadline:
        time.sleep(0.02)


class Caller:
    """An office and its officer, as every call names them."""

    def __init__(self, office: str, officer: str) -> None:
        self.metadata = (("lienthong-office", office), ("lienthong-officer", urllib.parse.quote(officer)))


class Citizen:
    """Somebody who has only what stands on the receipt."""

    metadata = ()


def refusal(call, request, caller) -> dict:
    """What a refused call says of itself, read as google.rpc.Status from the trailer."""
    status_pb2, details_pb2 = import_module("google.rpc.status_pb2"), import_module("google.rpc.error_details_pb2")
    try:
        call(request, metadata=caller.metadata, timeout=CALL_SECONDS)
    except grpc.RpcError as error:
        trailer = dict(error.trailing_metadata()).get("grpc-status-details-bin", b"")
        status = status_pb2.Status.FromString(trailer)
        told = {"status": error.code().name, "message": error.details()}
        for detail in status.details:
            info, english = details_pb2.ErrorInfo(), details_pb2.LocalizedMessage()
            if detail.Unpack(info):
                told.update(reason=info.reason, domain=info.domain, metadata=dict(info.metadata))
            elif detail.Unpack(english):
                told.update({english.locale: english.message})
        return told
    return {"status": "OK"}


class Journey:
    def __init__(self, channel: grpc.Channel) -> None:
        self.intake_pb2, intake_grpc = modules("lienthong.intake.v1.intake")
        self.desk_pb2, desk_grpc = modules("lienthong.agency.v1.agency_desk")
        self.commands_pb2, self.work_pb2 = import_module("lienthong.agency.v1.leg_commands_pb2"), import_module("lienthong.agency.v1.work_pb2")
        self.party_pb2, self.document_pb2 = import_module("lienthong.dossier.v1.party_pb2"), import_module("lienthong.dossier.v1.document_pb2")
        self.submission_pb2, self.status_pb2 = import_module("lienthong.intake.v1.submission_pb2"), import_module("lienthong.dossier.v1.status_pb2")
        self.intake, self.desk = intake_grpc.IntakeStub(channel), desk_grpc.AgencyDeskStub(channel)
        self.counter = Caller(COUNTER, "cb-tiep-nhan")
        self.run = uuid.uuid4().hex[:12]

    def call(self, method, request, caller):
        return method(request, metadata=caller.metadata, timeout=CALL_SECONDS)

    def submission(self, **changed):
        born = datetime.date.today() - datetime.timedelta(days=4)
        mother = self.party_pb2.Citizen(
            full_name="Nguyễn Thị Hoài", identity_kind=self.party_pb2.IDENTITY_KIND_PERSONAL_NUMBER, identity_number=f"049{uuid.uuid4().int % 10**9:09d}", address="Hội An, Đà Nẵng")
        child = self.party_pb2.Newborn(birth_date=born.isoformat(), sex=self.party_pb2.SEX_FEMALE, birth_notice_number=f"GCS-{self.run}", birth_place="Bệnh viện Đa khoa Hội An", mother=mother)
        shown = [self.document_pb2.DocumentInput(document=name, presented=self.document_pb2.Presented()) for name in ("application-form", "birth-notice")]
        fields = dict(
            procedure="1.001193", case="ordinary", channel=self.status_pb2.CHANNEL_COUNTER, applicant=self.party_pb2.Party(newborn=child),
            areas=self.submission_pb2.Areas(subject="20410", residence="20410"), declaration={"child_name": "Trần Nguyễn An Nhiên"}, documents=shown)
        return mother.identity_number, self.submission_pb2.Submission(**{**fields, **changed})

    def submit(self) -> dict:
        self.identity, submission = self.submission()
        request = self.intake_pb2.SubmitDossierRequest(request_id=f"birth-{self.run}", submission=submission)
        first = self.call(self.intake.SubmitDossier, request, self.counter)
        again = self.call(self.intake.SubmitDossier, request, self.counter)
        self.request, self.receipt = request, first.receipt
        return {
            "code": first.code, "repeat_identical": first.SerializeToString(deterministic=True) == again.SerializeToString(deterministic=True), "procedure": first.receipt.procedure_name.vi,
            "legs": [[leg.name, leg.office, leg.office_name.vi] for leg in first.receipt.legs], "due": first.receipt.due_time.ToDatetime().isoformat(), "secret_characters": len(first.receipt.track_secret)}

    def watch(self, office: str, cursor: str = "") -> dict:
        """Listens to a desk until the dossier comes by; then hangs up."""
        request = self.desk_pb2.WatchDeskRequest(cursor=cursor)
        stream = self.desk.WatchDesk(request, metadata=Caller(office, "an").metadata, timeout=WATCH_SECONDS)
        seen = []
        for message in stream:
            kind = message.WhichOneof("event")
            seen.append(kind)
            if kind == "leg" and message.leg.code == self.receipt.code and message.leg.leg.state == self.status_pb2.LEG_STATE_WORKING:
                stream.cancel()
                return {"cursor": message.cursor, "leg": message.leg.leg.leg, "name": message.leg.leg.name, "kinds": sorted(set(seen))}
            if kind == "gone" and message.gone.code == self.receipt.code:
                stream.cancel()
                return {"cursor": message.cursor, "gone": message.gone.leg}
        return {"kinds": seen}

    def work(self, office: str) -> dict:
        officer = Caller(office, "cb-ho-tich")
        found = self.call(self.desk.GetWork, self.desk_pb2.GetWorkRequest(code=self.receipt.code, leg="registration"), officer).work
        results = [self.work_pb2.IssuedResult(result=code, number=f"{self.run}-1") for code in found.result_codes]
        request = self.commands_pb2.CompleteLegRequest(request_id=f"done-{self.run}", code=self.receipt.code, leg="registration", verdict=self.work_pb2.VERDICT_DONE, results=results)
        first, again = self.call(self.desk.CompleteLeg, request, officer), self.call(self.desk.CompleteLeg, request, officer)
        twice = self.commands_pb2.CompleteLegRequest(request_id=f"twice-{self.run}", code=self.receipt.code, leg="registration", verdict=self.work_pb2.VERDICT_DONE, results=results)
        return {
            "admitted": list(found.admitted), "results": list(found.result_codes), "particulars": sorted(part.part for part in found.particulars),
            "written": [entry.kind for entry in first.receipt.entries], "repeat_identical": first.SerializeToString(deterministic=True) == again.SerializeToString(deterministic=True),
            "not_the_holder": refusal(self.desk.CompleteLeg, twice, Caller("committee-20335-202507", "an")), "twice": refusal(self.desk.CompleteLeg, twice, officer)}

    def hand_out(self) -> dict:
        request = self.intake_pb2.ReturnResultRequest(request_id=f"out-{self.run}", code=self.receipt.code, receiver=self.intake_pb2.RECEIVER_APPLICANT)

        def waits() -> bool:
            dossier = self.call(self.intake.GetDossier, self.intake_pb2.GetDossierRequest(code=self.receipt.code), self.counter)
            return any(not result.HasField("return_time") for result in dossier.status.results)
        until(waits)
        written = self.call(self.intake.ReturnResult, request, self.counter)
        return {"written": [entry.kind for entry in written.receipt.entries]}

    def track(self) -> dict:
        """As the citizen: with the secret of the QR, with four digits, and with wrong ones."""
        def seen(**proof):
            return self.call(self.intake.TrackDossier, self.intake_pb2.TrackDossierRequest(code=self.receipt.code, **proof), Citizen).status
        until(lambda: seen(secret=self.receipt.track_secret).closed)
        secret, digits = seen(secret=self.receipt.track_secret), seen(identity_last4=self.identity[-4:])
        wrong = f"{(int(self.identity[-4:]) + 1) % 10_000:04d}"
        return {
            "state": self.status_pb2.DossierState.Name(secret.state), "text": secret.state_text.vi, "same": secret.state == digits.state and len(secret.history) == len(digits.history), "history": [line.kind for line in secret.history],
            "numbers_with_secret": [result.number for result in secret.results], "numbers_with_digits": [result.number for result in digits.results],
            "wrong": refusal(self.intake.TrackDossier, self.intake_pb2.TrackDossierRequest(code=self.receipt.code, identity_last4=wrong), Citizen)}

    def errors(self, office: str) -> dict:
        other = self.intake_pb2.SubmitDossierRequest()
        other.CopyFrom(self.request)
        other.submission.declaration["child_name"] = "Trần Nguyễn Bình An"
        unknown = self.intake_pb2.SubmitDossierRequest(request_id=f"unknown-{self.run}", submission=self.submission(procedure="9.999999")[1])
        bare = self.intake_pb2.SubmitDossierRequest(request_id=f"bare-{self.run}", submission=self.submission(documents=[])[1])
        return {
            "reused": refusal(self.intake.SubmitDossier, other, self.counter), "unknown_procedure": refusal(self.intake.SubmitDossier, unknown, self.counter), "missing_documents": refusal(self.intake.SubmitDossier, bare, self.counter),
            "no_office": refusal(self.intake.SubmitDossier, self.request, Citizen), "stale_cursor": self.stale_cursor(office)}

    def stale_cursor(self, office: str) -> dict:
        def first(request, **settings):
            next(self.desk.WatchDesk(request, **settings))
        return refusal(first, self.desk_pb2.WatchDeskRequest(cursor="of another store"), Caller(office, "an"))


def main(protos: str, address: str) -> None:
    with tempfile.TemporaryDirectory() as stubs:
        generate(Path(protos), Path(stubs))
        sys.path.insert(0, stubs)
        with grpc.insecure_channel(address) as channel:
            journey = Journey(channel)
            submitted = journey.submit()
            office = submitted["legs"][0][1]
            watched = journey.watch(office)
            told = {"submitted": submitted, "watched": watched, "worked": journey.work(office), "resumed": journey.watch(office, watched["cursor"]), "returned": journey.hand_out(), "tracked": journey.track(), "errors": journey.errors(office)}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
