import YAML

extension ResourceKind {
  /// How a gateway treats its backends: retries, health checks, times (envoyproxy/gateway v1.8.1,
  /// CRD backendtrafficpolicies).
  package static let backendTrafficPolicy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "BackendTrafficPolicy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How the gateway treats backends. Failover from one priority to the next needs its "
      + "retries.",
    spec: Property(
      "spec",
      .object(
        PolicyTargets.properties(kinds: "Gateway or HTTPRoute", source: fact(2807)) + [
          Property(
            "mergeType", .string(),
            help: "StrategicMerge or JSONMerge joins the policy with the Gateway's; left out, it "
              + "replaces that one.",
            examples: ["StrategicMerge"], source: fact(1395)),
          retry, timeout, healthCheck, connection,
        ] + Property.kept(keptFields) { BackendTrafficPolicyPassThrough.facts }),
      isRequired: true, help: "The routes and how their backends are treated.",
      source: fact(49),
      asking: [
        "connection.preconnect.predictivePercent => loadBalancer.type=Random,RoundRobin"
      ]
        + PolicyTargets.asking(
          "admissionControl", of: "Gateway,HTTPRoute,GRPCRoute", in: "since 0.7 until 1.1")
        + PolicyTargets.asking(
          "admissionControl", of: "Gateway,ListenerSet,HTTPRoute,GRPCRoute", in: "since next")
        + PolicyTargets.asking(
          "mergeType", of: "HTTPRoute,GRPCRoute,UDPRoute,TCPRoute,TLSRoute", in: "since next")),
    status: { SchemaTable.ancestors })

  private static let keptFields = [
    "admissionControl", "bandwidthLimit", "circuitBreaker", "compression", "compressor", "dns",
    "faultInjection", "http2", "httpUpgrade", "loadBalancer", "proxyProtocol", "rateLimit",
    "requestBuffer", "responseOverride", "routingType", "tcpKeepalive", "telemetry",
    "useClientProtocol",
  ]

  private static func fact(_ line: Int) -> String {
    Citation.envoyGatewayCRD("backendtrafficpolicies", line: line)
  }

  /// What forms show of the settings of a cluster, which stand in other kinds too.
  static let shownSettings = [retry, timeout, passive]

  private static let retry = Property(
    "retry",
    .object([
      Property(
        "numAttemptsPerPriority", .integer(),
        help: "Attempts before the next priority is used; 1 moves on at once. If omitted, "
          + "retries stay in the first priority.",
        examples: ["1"], source: fact(2674)),
      Property(
        "numRetries", .integer(0), default: .integer(2),
        help: "How often a request is retried. To reach the last priority, one per additional "
          + "priority.",
        examples: ["2"], source: fact(2681)),
      Property(
        "perRetry",
        .object([
          .time(
            "timeout",
            help: "The timeout per attempt; all attempts must fit into the route's request "
              + "timeout.", source: fact(2710)),
          Property(
            "backOff",
            .object([
              .time(
                "baseInterval", help: "The first pause between tries.", examples: ["100ms"],
                source: fact(2698)),
              .time(
                "maxInterval", help: "The longest pause between tries.", examples: ["1s"],
                source: fact(2703)),
            ]),
            help: "Pauses between tries.", source: fact(2698)),
        ]),
        help: "Limits of one try.", source: fact(2698)),
      Property(
        "retryOn",
        .object([
          Property(
            "triggers",
            .list(
              of: Property(
                "trigger",
                .choice(
                  "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure",
                  "retriable-4xx", "refused-stream", "retriable-status-codes", "cancelled",
                  "deadline-exceeded", "internal", "resource-exhausted", "unavailable"),
                help: "A kind of failure.", examples: ["connect-failure"], source: fact(2731))),
            help: "The failures that are retried. httpStatusCodes count only if "
              + "retriable-status-codes is among them.",
            examples: ["connect-failure, retriable-status-codes"], source: fact(2731)),
          Property(
            "httpStatusCodes",
            .list(
              of: Property(
                "httpStatusCode", .integer(100, max: 599), help: "An HTTP status.",
                examples: ["429", "503"], source: fact(2721))),
            help: "The status codes that are retried, with the trigger retriable-status-codes.",
            examples: ["429, 500, 502, 503, 504"], source: fact(2721)),
        ]),
        help: "What counts as a failure.", source: fact(2721)),
    ]),
    help: "Retries, also to the next priority.", source: fact(2674))

  private static let timeout = Property(
    "timeout",
    .object([
      Property(
        "http",
        .object([
          .time(
            "requestTimeout", help: "Without effect on AI routes: they always bring their own.",
            source: fact(3181)),
          .time(
            "streamIdleTimeout", since: .v0_7, help: "How long a request or answer may pause.",
            examples: ["5m"], source: fact(3181)),
          .time(
            "maxStreamDuration", help: "How long one request may last.", examples: ["10m"],
            source: fact(3181)),
          .time(
            "connectionIdleTimeout", help: "How long an idle connection is kept.",
            examples: ["1h"], source: fact(3181)),
          .time(
            "maxConnectionDuration", help: "How long a connection may live.", examples: ["1h"],
            source: fact(3181)),
        ]),
        help: "HTTP timeouts.", source: fact(3181)),
      Property(
        "tcp",
        .object([
          .time(
            "connectTimeout", help: "How long connecting may take.", examples: ["10s"],
            source: fact(3219))
        ]),
        help: "TCP timeouts.", source: fact(3219)),
    ]),
    help: "Timeouts towards backends.", source: fact(3181))

  private static let passive = Property(
    "passive",
    .object([
      .time(
        "baseEjectionTime", default: "30s",
        help: "How long a failing backend is ejected at first.",
        source: fact(854)),
      .time(
        "interval", default: "3s", help: "How often failures are counted.", examples: ["3s"],
        source: fact(854)
      ),
      Property(
        "consecutive5XxErrors", .integer(), default: .integer(5),
        help: "Consecutive 5xx responses that eject a backend.", examples: ["5"],
        source: fact(854)),
      Property(
        "consecutiveGatewayErrors", .integer(),
        help: "Consecutive 502 to 504 responses that eject a backend.", examples: ["5"],
        source: fact(854)),
      Property(
        "consecutiveLocalOriginFailures", .integer(), default: .integer(5),
        help: "Consecutive connection failures that eject a backend.", examples: ["5"],
        source: fact(854)),
      Property(
        "maxEjectionPercent", .integer(0, max: 100), default: .integer(10),
        formerly: .init(until: .v0_6, .integer()),
        help: "The maximum percentage of backends ejected at once.",
        examples: ["100"], source: fact(854)),
      Property(
        "failurePercentageThreshold", .integer(0, max: 100),
        help: "The percentage of failed requests that ejects a backend.", examples: ["50"],
        source: fact(854)),
      Property(
        "splitExternalLocalOriginErrors", .boolean, default: .bool(false),
        help: "Count connection failures separately from error responses.", examples: ["false"],
        source: fact(854)),
      Property(
        "alwaysEjectOneEndpoint", .boolean, default: .bool(false), since: .v0_7,
        help: "Eject at least one, whatever the percentage.", examples: ["false"],
        source: fact(854)),
    ]),
    help: "Outlier detection: failing backends are ejected for a while.", source: fact(854))

  private static let healthCheck = Property(
    "healthCheck",
    .object(
      [
        passive,
        Property(
          "panicThreshold", .integer(0, max: 100),
          help: "Below this percentage of healthy backends, health is ignored.", examples: ["50"],
          source: fact(854)),
      ] + Property.kept(["active"]) { BackendTrafficPolicyPassThrough.healthCheck }),
    help: "Health checks of the backends.", source: fact(854))

  private static let connection = Property(
    "connection",
    .object(
      [
        Property(
          "bufferLimit", .size, help: "How much of a response may be buffered per connection.",
          examples: ["50Mi"], source: fact(451)),
        Property(
          "socketBufferLimit", .size, help: "The size of the socket's buffers.",
          examples: ["1Mi"], source: fact(451)),
      ] + Property.kept(["preconnect"]) { BackendTrafficPolicyPassThrough.connection }),
    help: "Buffers of connections to backends.", source: fact(451))
}
