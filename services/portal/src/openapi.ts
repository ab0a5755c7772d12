/** The HTTP contract of the portal. Errors bear the same reasons as over gRPC. */
const problem = { type: 'object', properties: { reason: { type: 'string' }, domain: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } }, required: ['reason', 'domain', 'message'] };

export const openapi = {
  openapi: '3.1.0',
  info: { title: 'Liên thông hub', version: '1', description: 'Tra cứu hồ sơ / tracking of dossiers. Times are ISO 8601; those of a rehearsal are of its own clock.' },
  paths: {
    '/api/v1/track': {
      post: {
        summary: 'Where a dossier is; the body of lienthong.intake.v1.TrackDossierResponse as ProtoJSON.',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { code: { type: 'string', maxLength: 64 }, secret: { type: 'string' }, last4: { type: 'string', pattern: '^[0-9]{4}$' } }, required: ['code'] } } } },
        responses: {
          200: { description: 'The status', content: { 'application/json': { schema: { type: 'object' } } } },
          403: { description: 'TRACK_REFUSED', content: { 'application/json': { schema: problem } } }, 429: { description: 'TOO_MANY_TRIES', content: { 'application/json': { schema: problem } } },
        },
      },
    },
    '/api/v1/result': {
      post: {
        summary: 'Whether an issued result counts; the body of lienthong.intake.v1.CheckResultResponse as ProtoJSON.',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { code: { type: 'string', maxLength: 64 }, number: { type: 'string', maxLength: 100 }, digest: { type: 'string', pattern: '^[0-9A-Fa-f]{64}$' } } } } } },
        responses: {
          200: { description: 'What has become of it', content: { 'application/json': { schema: { type: 'object' } } } }, 400: { description: 'FIELD_MISSING, FIELD_INVALID', content: { 'application/json': { schema: problem } } },
          404: { description: 'RESULT_NOT_FOUND', content: { 'application/json': { schema: problem } } }, 429: { description: 'TOO_MANY_TRIES', content: { 'application/json': { schema: problem } } },
        },
      },
    },
    '/api/v1/payments/confirm': {
      post: {
        summary: 'CONFIRM of the payment platform: its own fields as texts, authenticated by MaXacThuc. 200: taken, also when it was set aside; the body is lienthong.payments.v1.ConfirmPaymentResponse as ProtoJSON with MaLoi.',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', additionalProperties: { type: 'string' }, required: ['LoaiBanTin', 'MaLoi', 'MaDoiTac', 'MaThamChieu', 'SoTien', 'MaTienTe', 'MaGiaoDich', 'ThoiGianGD', 'ThongTinGiaoDich', 'MaXacThuc'] } } } },
        responses: { 200: { description: 'taken', content: { 'application/json': { schema: { type: 'object' } } } }, 403: { description: 'SIGNATURE_WRONG', content: { 'application/json': { schema: problem } } } },
      },
    },
    '/api/v1/payments/start': {
      post: {
        summary: 'INIT: a charge is paid online by whoever has the secret of the receipt; while an order is under way the same is answered. The body of lienthong.payments.v1.StartOwnPaymentResponse as ProtoJSON. Only where there is a payment platform.',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { code: { type: 'string', maxLength: 64 }, secret: { type: 'string' }, charge: { type: 'string' } }, required: ['code', 'secret', 'charge'] } } } },
        responses: {
          200: { description: 'url: where it is paid', content: { 'application/json': { schema: { type: 'object' } } } }, 403: { description: 'TRACK_REFUSED', content: { 'application/json': { schema: problem } } }, 404: { description: 'UNKNOWN_ITEM', content: { 'application/json': { schema: problem } } },
          409: { description: 'CHARGE_NOT_OPEN, GATEWAY_ABSENT', content: { 'application/json': { schema: problem } } }, 429: { description: 'TOO_MANY_TRIES', content: { 'application/json': { schema: problem } } }, 503: { description: 'GATEWAY_FAILED', content: { 'application/json': { schema: problem } } },
        },
      },
    },
    '/form/{code}/{form}': {
      get: {
        summary: 'A form of a dossier as PDF, as of lienthong.intake.v1.GetForm: by its number in the edition that applies, 01 to 07, or by name. The same entries give the same bytes.',
        parameters: [
          { name: 'code', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } },
          { name: 'form', in: 'path', required: true, schema: { type: 'string', enum: ['01', '02', '03', '04', '05', '06', '07', 'receipt', 'supplement', 'refusal', 'apology', 'stop', 'control-slip', 'tracking-book'] } },
          { name: 's', in: 'query', required: true, description: 'Secret of the receipt.', schema: { type: 'string' } }, { name: 'lang', in: 'query', schema: { type: 'string', enum: ['vi', 'en'] } },
          { name: 'signed', in: 'query', description: '1: the signed file (PAdES B-B), made once.', schema: { type: 'string', enum: ['1'] } },
        ],
        responses: {
          200: { description: 'The form', content: { 'application/pdf': {} } }, 403: { description: 'TRACK_REFUSED: a page in plain words' }, 409: { description: 'FORM_NOT_ISSUED or FORM_NOT_IN_EDITION: a page in plain words' }, 429: { description: 'TOO_MANY_TRIES: a page in plain words' },
        },
      },
    },
    '/health/live': { get: { summary: 'The process runs.', responses: { 200: { description: 'alive' } } } },
    '/health/ready': { get: { summary: 'The hub answers.', responses: { 200: { description: 'ready' }, 503: { description: 'not ready' } } } },
  },
} as const;
