import YAML

extension ResourceKind {
  /// The route from model names to backends (envoyproxy/ai-gateway v1.1.0, CRD aigatewayroutes).
  package static let aiGatewayRoute = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "AIGatewayRoute",
    versions: [Version("v1beta1", isStored: true), Version("v1alpha1", isDeprecated: true)],
    help: "Sends requests to AI backends by the model they name. It becomes an HTTPRoute of the "
      + "same name.",
    spec: Property(
      "spec",
      .object(
        [parentRefs, hostnames, rules, costs],
        former: [
          RemovedField(
            "targetRefs", "is gone since AI Gateway 0.4; write parentRefs",
            .to(Path([.key("parentRefs")]))),
          RemovedField(
            "schema",
            "is gone since AI Gateway 0.4; clients speak OpenAI's API, and what a backend speaks "
              + "stands in spec.schema of its AIServiceBackend"),
          RemovedField(
            "filterConfig",
            "is gone since AI Gateway 0.6; write spec.extProc of a GatewayConfig, which the Gateway "
              + "names in its annotation aigateway.envoyproxy.io/gateway-config"),
        ]),
      help: "Which Gateway the route attaches to and where it sends requests.",
      source: fact(997)),
    status: { SchemaTable.conditions })

  private static func fact(_ line: Int) -> String {
    Citation.aiGatewayCRD("aigatewayroutes", line: line)
  }

  private static let parentRefs = Property(
    "parentRefs",
    .list(
      of: Property(
        "parentRef",
        .object([
          Property(
            "name", .objectName, isRequired: true, help: "The Gateway's name.",
            examples: ["my-gateway"], source: fact(1187)),
          Property(
            "kind", .kind, default: .string("Gateway"),
            help: "Always Gateway; nothing else is supported.", examples: ["Gateway"],
            source: fact(1172)),
          Property(
            "group", .group, default: .string("gateway.networking.k8s.io"),
            help: "The API group of Gateway.", examples: ["gateway.networking.k8s.io"],
            source: fact(1160)),
          Property(
            "namespace", .namespace,
            help: "The Gateway's namespace. Left out, it is the route's own; another one works "
              + "only if the listener allows routes from here.",
            examples: ["infra"], source: fact(1195)),
          Property(
            "sectionName", .subdomain,
            help: "One listener of the Gateway. If omitted, the route attaches to all that match.",
            examples: ["https"], source: fact(1259)),
          Property(
            "port", .integer(1, max: 65535),
            help: "Listeners on this port only.", examples: ["443"], source: fact(1223)),
        ]),
        help: "A Gateway that the route attaches to.", source: fact(1141)),
      max: 16),
    help: "The Gateways that the route attaches to. Without one it is stored but serves nothing.",
    source: fact(1141))

  private static let hostnames = Property(
    "hostnames",
    .list(
      of: Property(
        "hostname", .string(min: 1, max: 253, .hostname),
        help: "A host that clients call, or *.domain for every host below it.",
        examples: ["api.example.com", "*.example.com"], source: fact(1000)),
      max: 16),
    since: .v0_7,
    help: "The hosts that the route answers for. Left out, it answers for those of the listener.",
    examples: ["api.example.com"], source: fact(1000))

  private static let costs = Property(
    "llmRequestCosts",
    .list(
      of: Property(
        "llmRequestCost",
        .object([
          Property(
            "metadataKey", .string(), isRequired: true,
            help: "The name under which the number is kept, for rate limits and logs.",
            examples: ["llm_input_token"], source: fact(1117)),
          Property(
            "type",
            .choice(
              "OutputToken", "InputToken", "CachedInputToken", "CacheCreationInputToken",
              "TotalToken", "ReasoningToken", "CEL"), isRequired: true,
            help: "Which tokens are counted; CEL computes a number from all of them.",
            examples: ["TotalToken"], source: fact(1121)),
          Property(
            "cel", .string(),
            help: "The computation for type CEL, over unsigned token counts.",
            examples: ["input_tokens * 2u + output_tokens * 3u"], source: fact(1093)),
        ]),
        help: "One counted cost of a request.", source: fact(1029)),
      max: 36),
    help: "Token counts to keep per request, for rate limits and logs.", source: fact(1029))

  private static let rules = Property(
    "rules", .list(of: rule, max: 15), isRequired: true,
    formerly: .init(until: .v0_6, .list(of: rule, max: 128), isRequired: true),
    help: "The routing rules. More headers win over fewer, then the earlier rule wins.",
    source: fact(1297))

  private static let rule = Property(
    "rule",
    .object([
      Property(
        "name", .subdomain, since: .v1_1,
        help: "A name for the rule, so that a policy can refer to it; unique in the route.",
        examples: ["chat"], source: fact(1700)),
      matches, timeouts,
      .time(
        "streamIdleTimeout", since: .v1_1,
        help: "How long a streamed answer may pause. With a retry policy that names the "
          + "trigger reset, the next backend is tried as long as nothing was sent.",
        source: fact(1708)),
      backendRefs,
      Property(
        "modelsOwnedBy", .string(), default: .string("Envoy AI Gateway"),
        help: "The owner that /v1/models reports for the models of this rule.",
        examples: ["platform"], source: fact(1688)),
      Property(
        "modelsCreatedAt", .string(.dateTime),
        help: "The date that /v1/models reports for the models of this rule. By default it is "
          + "the route's own.",
        examples: ["2024-05-21T10:00:00Z"], source: fact(1675)),
    ]),
    help: "Which requests go where.", source: fact(1316))

  private static let matches = Property(
    "matches",
    .list(
      of: Property(
        "match",
        .object([
          Property(
            "headers",
            .list(
              of: Property(
                "header",
                .object([
                  Property(
                    "type", .choice("Exact", "RegularExpression"), default: .string("Exact"),
                    help: "Exact compares the whole value, RegularExpression matches all of it.",
                    examples: ["Exact"], source: fact(1634)),
                  Property(
                    "name", .headerName, isRequired: true,
                    help: "The header to look at. x-ai-eg-model holds the model that the "
                      + "request's body names.",
                    examples: ["x-ai-eg-model"], source: fact(1614)),
                  Property(
                    "value", .headerValue, isRequired: true,
                    help: "The value that the header must have, case-sensitive.",
                    examples: ["gpt-4o-mini"], source: fact(1651)),
                ]),
                help: "One header that must match.", source: fact(1605)),
              max: 16, unique: .map("name")),
            help: "Headers that must all match.", source: fact(1605))
        ]),
        help: "A set of headers; one successful match is enough for the rule.", source: fact(1598)),
      max: 128),
    help: "Which requests the rule takes. Left out, it takes what no other rule takes.",
    source: fact(1598))

  private static let timeouts = Property(
    "timeouts",
    .object([
      .time(
        "request",
        help: "The time for the whole request with its streamed answer and all retries. Left "
          + "out, the controller writes 60s; 0s is no limit.",
        examples: ["300s", "5m"], source: fact(1758)),
      .time(
        "backendRequest",
        help: "Replaces request as the total timeout, including retries; it is not a timeout per "
          + "try. Never longer than request.",
        examples: ["60s"], source: fact(1735)),
    ]),
    help: "How long requests of this rule may take.", source: fact(1723))

  private static let backendRefs = Property(
    "backendRefs",
    .list(
      of: Property(
        "backendRef",
        .object([
          Property(
            "name", .string(min: 1), isRequired: true,
            help: "The AIServiceBackend, or the InferencePool where group and kind say so.",
            examples: ["openai-backend"], source: fact(1542)),
          Property(
            "group", .group,
            help: "inference.networking.k8s.io for a pool; left out for an AIServiceBackend.",
            examples: ["inference.networking.k8s.io"], source: fact(1433)),
          Property(
            "kind", .string(max: 63, .optionalKind),
            help: "InferencePool for a pool; left out for an AIServiceBackend.",
            examples: ["InferencePool"], source: fact(1529)),
          Property(
            "namespace", .namespace,
            help: "The backend's namespace. Left out, it is the route's own; another one needs "
              + "two ReferenceGrants there.",
            examples: ["shared"], source: fact(1549)),
          Property(
            "weight", .integer(0, limit: 1_000_000), default: .integer(1),
            help: "The share of traffic among backends of equal priority, not a percentage. 0 "
              + "takes the backend out.",
            examples: ["80"], source: fact(1574)),
          Property(
            "priority", .integer(0, limit: 128), default: .integer(0),
            help: "The lowest number is used first. Higher ones are reached only by a retry "
              + "policy or failing health checks.",
            examples: ["0", "1"], source: fact(1562)),
          Property(
            "modelNameOverride", .string(),
            help: "The model name that is sent to this backend in place of the client's.",
            examples: ["gpt-4o"], source: fact(1537)),
          headerMutation, bodyMutation,
        ]),
        help: "A backend that answers requests of this rule.", source: fact(1320)),
      max: 128),
    help: "The backends of the rule: at most 16, or one InferencePool.", source: fact(1320))

  private static let headerMutation = Property(
    "headerMutation",
    .object([
      Property(
        "set",
        .list(
          of: Property(
            "header",
            .object([
              Property(
                "name", .headerName, isRequired: true, help: "The header to write.",
                examples: ["x-team"], source: fact(1472)),
              Property(
                "value", .headerValue, isRequired: true, help: "Its value.", examples: ["ml"],
                source: fact(1472)),
            ]),
            help: "A header to write.", source: fact(1472)),
          max: 16, unique: .map("name")),
        help: "Headers that are written on the request to this backend.", source: fact(1472)),
      Property(
        "remove",
        .list(
          of: Property(
            "header", .string(), help: "A header to remove.", examples: ["x-debug"],
            source: fact(1448)),
          max: 16, unique: .set),
        help: "Headers that are removed from the request to this backend.", source: fact(1448)),
    ]),
    help: "Changes to the request's headers for this backend.", source: fact(1448))

  private static let bodyMutation = Property(
    "bodyMutation",
    .object([
      Property(
        "set",
        .list(
          of: Property(
            "field",
            .object([
              Property(
                "path", .string(min: 1), isRequired: true,
                help: "A field of the request's body; a.b is field b inside a.",
                examples: ["service_tier"], source: fact(1378)),
              Property(
                "value", .string(), isRequired: true,
                help: "Its value as JSON; what does not look like JSON is sent as a string.",
                examples: ["\"scale\"", "0.2"], source: fact(1378)),
            ]),
            help: "A field to write.", source: fact(1378)),
          max: 16, unique: .map("path")),
        help: "Fields that are written into the body for this backend.", source: fact(1378)),
      Property(
        "remove",
        .list(
          of: Property(
            "field", .string(), help: "A field to remove.", examples: ["user"],
            source: fact(1354)),
          max: 16, unique: .set),
        help: "Top-level fields that are removed from the body for this backend.",
        source: fact(1354)),
    ]),
    help: "Changes to the request's JSON body for this backend.", source: fact(1354))
}
