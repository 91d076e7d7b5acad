/// A command operator as a text has it, `%NAME(PARAMETERS):3%`, which Envoy fills in, in access logs,
/// headers and tags (envoyproxy/envoy, docs/root/configuration/advanced/substitution_formatter.rst,
/// source/common/formatter, source/extensions/formatter): all of those, and some that a release may
/// have.
struct CommandOperator {
  let name: Substring
  /// What stands in parentheses, nil where there are none.
  let parameters: Substring?
  let hasLength: Bool

  /// Whether Envoy has a command operator, or a later release may have it (envoyproxy/envoy, pull
  /// request 43215, for what was tried before the last try).
  static func isKnown(_ name: some StringProtocol) -> Bool {
    names.contains(String(name)) || name.hasSuffix("_ATTEMPTED")
  }

  private static let names = Set(
    (general.split { $0 == " " || $0.isNewline }.map(String.init))
      + ["DOWNSTREAM", "UPSTREAM"].flatMap { side in sided(side) })

  private static let general = """
    ACCESS_LOG_TYPE ALL_HEADERS BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT CEL CLUSTER_METADATA
    COALESCE COMMON_DURATION CONNECTION_ID CONNECTION_TERMINATION_DETAILS CUSTOM_FLAGS DATASOURCE
    DURATION DYNAMIC_METADATA DYNAMIC_MODULE EMIT_TIME EMIT_TIME_LOCAL ENVIRONMENT FILE_CONTENT
    FILTER_CHAIN_NAME FILTER_STATE GRPC_STATUS GRPC_STATUS_NUMBER HOSTNAME LOCAL_REPLY_BODY METADATA
    PACKETS_RETRANSMITTED PATH PER_REQUEST_STATE PROTOCOL QUERY_PARAM QUERY_PARAMS REQ
    REQUESTED_SERVER_NAME REQUEST_DURATION REQUEST_HEADER REQUEST_HEADERS REQUEST_HEADERS_BYTES
    REQUEST_TX_DURATION REQ_WITHOUT_QUERY RESP RESPONSE_CODE RESPONSE_CODE_DETAILS RESPONSE_DURATION
    RESPONSE_FLAGS RESPONSE_FLAGS_LONG RESPONSE_HEADER RESPONSE_HEADERS RESPONSE_HEADERS_BYTES
    RESPONSE_TRAILER RESPONSE_TRAILERS RESPONSE_TRAILERS_BYTES RESPONSE_TX_DURATION
    ROUNDTRIP_DURATION ROUTE_NAME SECRET SPAN_ID START_TIME START_TIME_LOCAL STREAM_ID
    STREAM_INFO_REQ TLS_JA3_FINGERPRINT TLS_JA4_FINGERPRINT TRACE_ID TRAILER TYPED_CEL UNIQUE_ID
    UPSTREAM_CLUSTER UPSTREAM_CLUSTER_RAW UPSTREAM_CONNECTION_POOL_READY_DURATION
    UPSTREAM_FILTER_STATE UPSTREAM_HOST UPSTREAM_HOST_NAME UPSTREAM_HOST_NAME_WITHOUT_PORT
    UPSTREAM_METADATA UPSTREAM_PROTOCOL UPSTREAM_REQUEST_ATTEMPT_COUNT VIRTUAL_CLUSTER_NAME
    XFCC_VALUE
    """

  /// The command operators about the connection to a side, as if Envoy had all of them for both
  /// sides.
  private static func sided(_ side: String) -> [String] {
    let addresses = ["LOCAL", "REMOTE", "DIRECT_LOCAL", "DIRECT_REMOTE"].flatMap { end in
      ["ADDRESS", "ADDRESS_WITHOUT_PORT", "PORT", "ADDRESS_ENDPOINT_ID"].map { "\(end)_\($0)" }
    }
    let certificates = ["LOCAL", "PEER"].flatMap { end in
      ["DNS", "EMAIL", "IP", "OTHERNAME", "URI"].map { "\(end)_\($0)_SAN" }
        + ["\(end)_SUBJECT", "\(end)_ISSUER"]
    }
    let chain = ["FINGERPRINT", "CHAIN_FINGERPRINTS"].flatMap { kind in
      ["1", "256"].map { "PEER_\(kind)_\($0)" }
    }
    let peer = ["CERT", "CERT_V_START", "CERT_V_END", "SERIAL", "CHAIN_SERIALS"].map {
      "PEER_\($0)"
    }
    let bytes = ["HEADER", "DECOMPRESSED_HEADER", "WIRE"].flatMap { kind in
      ["RECEIVED", "SENT"].map { "\(kind)_BYTES_\($0)" }
    }
    let others = [
      "CONNECTION_ID", "DETECTED_CLOSE_TYPE", "HANDSHAKE_DURATION", "LOCAL_CLOSE_REASON",
      "TLS_CIPHER", "TLS_SESSION_ID", "TLS_VERSION", "TRANSPORT_FAILURE_REASON",
    ]
    return (addresses + certificates + chain + peer + bytes + others).map { "\(side)_\($0)" }
  }
}

extension String {
  /// Its command operators, `%NAME%`, `%NAME(…)%` or `%NAME(…):3%`, in whose parentheses percent
  /// signs may stand, and whether one of the percent signs is neither doubled nor part of one.
  var commandOperators: (all: [CommandOperator], hasLonePercent: Bool) {
    var all: [CommandOperator] = []
    var rest = self[...]
    while let sign = rest.firstIndex(of: "%") {
      rest = rest[rest.index(after: sign)...]
      if rest.first == "%" {
        rest = rest.dropFirst()
      } else if let (first, next) = rest.commandOperator {
        all.append(first)
        rest = next
      } else {
        return (all, true)
      }
    }
    return (all, false)
  }
}

extension Substring {
  /// The command operator whose first percent sign is before the text, with what stands behind it;
  /// nil where it is none.
  fileprivate var commandOperator: (first: CommandOperator, next: Substring)? {
    let name = prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
    guard !name.isEmpty else { return nil }
    let rest = dropFirst(name.count)
    guard rest.first == "(" else {
      return rest.behindLength.map {
        (CommandOperator(name: name, parameters: nil, hasLength: rest.first == ":"), $0)
      }
    }
    let inner = rest.dropFirst()
    var end = inner.firstIndex(of: ")")
    while let place = end {
      let behind = inner[inner.index(after: place)...]
      if let next = behind.behindLength {
        let found = CommandOperator(
          name: name, parameters: inner[..<place], hasLength: behind.first == ":")
        return (found, next)
      }
      end = behind.firstIndex(of: ")")
    }
    return nil
  }

  /// What stands behind the end of a command operator: `%`, or `:3%`.
  private var behindLength: Substring? {
    var rest = self
    if rest.first == ":" {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count + 1)
    }
    return rest.first == "%" ? rest.dropFirst() : nil
  }
}
