import YAML

extension ResourceKind {
  /// How a Gateway treats its clients (envoyproxy/gateway v1.8.1, CRD clienttrafficpolicies).
  package static let clientTrafficPolicy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "ClientTrafficPolicy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How a Gateway treats requests from clients; here, how much of one it may buffer.",
    spec: Property(
      "spec",
      .object(
        PolicyTargets.properties(kinds: "Gateway", source: fact(1063)) + [
          connection, timeout, http2,
        ] + Property.kept(keptFields) { ClientTrafficPolicyPassThrough.facts }),
      isRequired: true, help: "The Gateways and what holds for their clients.",
      source: fact(49)),
    status: { SchemaTable.ancestors })

  private static let keptFields = [
    "clientIPDetection", "enableProxyProtocol", "grpc", "headers", "healthCheck", "http1", "http3",
    "path", "proxyProtocol", "scheme", "tcpKeepalive", "tls",
  ]

  private static func fact(_ line: Int) -> String {
    Citation.envoyGatewayCRD("clienttrafficpolicies", line: line)
  }

  private static let connection = Property(
    "connection",
    .object([
      Property(
        "bufferLimit", .size,
        help: "How much of a request the gateway may buffer while it reads the model's name. "
          + "Without it, requests above 32768 bytes get 413. At most 4294967295.",
        examples: ["50Mi", "10Mi", "200Mi"], source: fact(130)),
      Property(
        "connectionLimit",
        .object([
          Property(
            "value", .integer(1, max: .max),
            formerly: .init(until: .v0_6, .integer(1, max: .max), isRequired: true),
            help: "The maximum number of open connections.",
            examples: ["1000"], source: fact(144)),
          .time(
            "closeDelay", help: "How long to wait before a refused connection is closed.",
            source: fact(144)),
          .time(
            "maxConnectionDuration", help: "How long a connection may live.", examples: ["1h"],
            source: fact(144)),
          .time(
            "maxStreamDuration", help: "How long one request may last.", examples: ["10m"],
            source: fact(144)),
          Property(
            "maxRequestsPerConnection", .integer(),
            help: "How many requests a connection may carry.", examples: ["1000"],
            source: fact(144)),
        ]),
        help: "Limits on connections from clients.", source: fact(144)),
      Property(
        "maxAcceptPerSocketEvent", .integer(), default: .integer(1),
        help: "How many connections are accepted at once.", examples: ["1"], source: fact(184)),
      Property(
        "socketBufferLimit", .size, help: "Accepted, but without effect in this release.",
        examples: ["1Mi"], source: fact(193)),
    ]),
    help: "Buffers and limits of client connections.", source: fact(130))

  private static let timeout = Property(
    "timeout",
    .object([
      Property(
        "http",
        .object([
          .time(
            "requestReceivedTimeout", help: "How long a client may take to send its request.",
            source: fact(1301)),
          .time(
            "requestHeadersReceivedTimeout", since: .next,
            help: "How long a client may take to send the headers of its request.",
            examples: ["10s"], source: fact(1301)),
          .time(
            "idleTimeout", help: "How long a connection may be idle; one hour if left out.",
            examples: ["1h"], source: fact(1295)),
          .time(
            "streamIdleTimeout", help: "How long a request or answer may pause.",
            examples: ["5m"], source: fact(1307)),
        ]),
        help: "HTTP timeouts.", source: fact(1295)),
      Property(
        "tcp",
        .object([
          .time(
            "idleTimeout", help: "How long a TCP connection may be idle.", examples: ["1h"],
            source: fact(1317)),
          .time(
            "connectionInspectionTimeout", since: .next,
            help: "How long detecting the protocol of a new connection may take.",
            source: fact(1317)),
          .time(
            "tlsHandshakeTimeout", since: .next, help: "How long the TLS handshake may take.",
            source: fact(1317)),
        ]),
        help: "TCP timeouts.", source: fact(1317)),
    ]),
    help: "Timeouts of client connections.", source: fact(1295))

  private static let http2 = Property(
    "http2",
    .object(
      [
        Property(
          "initialStreamWindowSize", .size,
          help: "The flow-control window of an HTTP/2 stream; 64Ki by default.", examples: ["1Mi"],
          source: fact(932)),
        Property(
          "initialConnectionWindowSize", .size,
          help: "The flow-control window of an HTTP/2 connection; 1Mi by default.",
          examples: ["4Mi"], source: fact(921)),
        Property(
          "maxConcurrentStreams", .integer(1), help: "Concurrent streams per connection.",
          examples: ["100"], source: fact(943)),
      ]
        + Property.kept(["connectionKeepalive", "onInvalidMessage"]) {
          ClientTrafficPolicyPassThrough.http2
        }),
    help: "HTTP/2 windows and limits.", source: fact(921))
}
