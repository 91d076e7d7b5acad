/// What Envoy takes beside the names of command operators, as far as all releases agree (envoyproxy/envoy,
/// source/common/formatter/substitution_format_utility.cc, CommandSyntaxChecker::verifySyntax;
/// stream_info_formatter.cc, http_specific_formatter.cc).
extension CommandOperator {
  /// Why Envoy does not take it, with what to write; nil where it does.
  var problem: String? {
    let name = String(name)
    if !CommandOperator.isKnown(name) {
      return "Envoy has no command operator %\(name)%; use one such as %REQ(NAME)%"
    }
    let isBare = parameters?.isEmpty ?? true
    if let example = CommandOperator.examples[name], isBare {
      return "%\(name)% needs parameters; write it as %\(name)(\(example))%"
    }
    if CommandOperator.alone.contains(name), !isBare || hasLength {
      return "%\(name)% takes neither parameters nor a length; write %\(name)%"
    }
    if CommandOperator.withoutLength.contains(name), hasLength {
      return "%\(name)% takes no length; leave out the colon and the number"
    }
    return CommandOperator.states.contains(name) ? problemOfState : nil
  }

  /// Why it leads to no state of filters: a key, and how it is printed.
  private var problemOfState: String? {
    // A key may be in quotes, with colons of its own.
    guard let parameters, !parameters.contains("\"") else { return nil }
    let parts = parameters.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count > 1, !parts[1].isEmpty else { return nil }
    if !["PLAIN", "TYPED", "FIELD"].contains(parts[1]) {
      return "%\(name)% is printed as PLAIN, TYPED or FIELD, not as \(parts[1]); write "
        + "%\(name)(\(parts[0]):PLAIN)%"
    }
    let field = parts.count > 2 ? parts[2] : ""
    return (parts[1] == "FIELD") == field.isEmpty
      ? "%\(name)% names a field with FIELD, and only then; write %\(name)(\(parts[0]):PLAIN)% or "
        + "%\(name)(\(parts[0]):FIELD:NAME)%" : nil
  }

  /// What those that need parameters are given, for example.
  private static let examples = [
    "REQ": "NAME", "RESP": "NAME", "TRAILER": "NAME", "STREAM_INFO_REQ": "NAME",
    "ENVIRONMENT": "NAME", "DYNAMIC_METADATA": "NAMESPACE:KEY", "CLUSTER_METADATA": "NAMESPACE:KEY",
    "UPSTREAM_METADATA": "NAMESPACE:KEY", "COMMON_DURATION": "DS_RX_BEG:DS_TX_END:ms",
    "FILTER_STATE": "KEY", "UPSTREAM_FILTER_STATE": "KEY",
  ]

  /// Those that lead to the state of filters.
  private static let states: Set<String> = ["FILTER_STATE", "UPSTREAM_FILTER_STATE"]

  private static let withoutLength: Set<String> = [
    "START_TIME", "START_TIME_LOCAL", "EMIT_TIME", "EMIT_TIME_LOCAL", "GRPC_STATUS",
    "RESPONSE_CODE_DETAILS", "COMMON_DURATION",
  ]

  /// Those that stand alone.
  private static let alone = Set(
    """
    ACCESS_LOG_TYPE BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT CONNECTION_ID
    CONNECTION_TERMINATION_DETAILS DURATION FILTER_CHAIN_NAME GRPC_STATUS_NUMBER HOSTNAME
    LOCAL_REPLY_BODY PACKETS_RETRANSMITTED PROTOCOL REQUEST_DURATION REQUEST_HEADERS_BYTES
    REQUEST_TX_DURATION RESPONSE_CODE RESPONSE_DURATION RESPONSE_FLAGS RESPONSE_FLAGS_LONG
    RESPONSE_HEADERS_BYTES RESPONSE_TRAILERS_BYTES RESPONSE_TX_DURATION ROUNDTRIP_DURATION
    ROUTE_NAME STREAM_ID TLS_JA3_FINGERPRINT TRACE_ID UNIQUE_ID UPSTREAM_CLUSTER
    UPSTREAM_CLUSTER_RAW UPSTREAM_CONNECTION_POOL_READY_DURATION UPSTREAM_HOST UPSTREAM_PROTOCOL
    UPSTREAM_REQUEST_ATTEMPT_COUNT VIRTUAL_CLUSTER_NAME
    """.split { $0 == " " || $0.isNewline }.map(String.init)
      + ["DOWNSTREAM", "UPSTREAM"].flatMap { side in
        [
          "HEADER_BYTES_RECEIVED", "HEADER_BYTES_SENT", "LOCAL_ADDRESS", "LOCAL_PORT",
          "PEER_CERT", "PEER_ISSUER", "PEER_SUBJECT", "REMOTE_ADDRESS", "REMOTE_PORT",
          "TLS_CIPHER", "TLS_SESSION_ID", "TLS_VERSION", "TRANSPORT_FAILURE_REASON",
          "WIRE_BYTES_RECEIVED", "WIRE_BYTES_SENT",
        ].map { "\(side)_\($0)" }
      })
}
