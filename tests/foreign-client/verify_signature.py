"""Says what a validator that knows nothing of the hub thinks of a signed PDF.

Usage: verify_signature.py FILE CERTIFICATE
"""
import json
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

with open(sys.argv[1], "rb") as file:
    reader = PdfFileReader(file)
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        raise SystemExit(f"{len(signatures)} signatures")
    status = validate_pdf_signature(signatures[0], signer_validation_context=ValidationContext(trust_roots=[load_cert_from_pemder(sys.argv[2])], allow_fetching=False))
    attributes = {one["type"].native for one in signatures[0].signer_info["signed_attrs"]}
    print(json.dumps({
        "format": signatures[0].sig_object["/SubFilter"], "intact": status.intact, "valid": status.valid, "trusted": status.trusted, "coverage": status.coverage.name,
        "reason": str(signatures[0].sig_object["/Reason"]), "names_certificate": "signing_certificate_v2" in attributes,
    }))
