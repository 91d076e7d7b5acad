import Schemas
import YAML

/// How backends are reached, and what traffic to them is allowed.
extension InvalidSettingCollector {
  /// The settings of connections to backends (Envoy's cluster).
  mutating func checkClusterSettings(in path: Path) {
    guard object[path] != nil else { return }
    let healthCheck = path.appending(.to("healthCheck", "active"))
    for key in ["interval", "timeout"] { checkDuration(at: healthCheck.appending(key)) }
    if let method = object[healthCheck]?.given("http", "method")?.text,
      !Self.methods.contains(method.uppercased())
    {
      add(
        healthCheck.appending(.to("http", "method")),
        "method \(method.quoted) cannot be sent; use \(Self.methods.alternatives)", .string("GET"))
    }
    for payload in [Path.to("http", "expectedResponse"), .to("tcp", "send"), .to("tcp", "receive")]
    {
      checkNotEmpty(
        at: healthCheck.appending(payload).appending("text"),
        "the text is empty; write one, or leave it out")
    }
    let outliers = path.appending(.to("healthCheck", "passive"))
    for key in ["interval", "baseEjectionTime"] { checkDuration(at: outliers.appending(key)) }
    checkDuration(at: path.appending(.to("timeout", "tcp", "connectTimeout")))
    checkDuration(at: path.appending(.to("dns", "dnsRefreshRate")), 2...Int.max)
    checkKeepalive(in: path)
    checkNumber(
      at: path.appending(.to("connection", "preconnect", "predictivePercent")), 100...300,
      "100 to 300")
    let hash = path.appending(.to("loadBalancer", "consistentHash"))
    for key in ["header", "cookie"] {
      checkNotEmpty(
        at: hash.appending(.to(key, "name")), "the name is empty; write one")
    }
    for key in ["headers", "queryParams"] { checkNonEmptyNames(in: hash.appending(key)) }
    let attributes = hash.appending(.to("cookie", "attributes"))
    if object[attributes]?.entries.contains(where: { $0.key.isEmpty }) == true {
      add(attributes, "the name of an attribute is empty; write one")
    }
    let sources = path.appending(.to("loadBalancer", "endpointOverride", "extractFrom"))
    for (index, source) in (object[sources]?.items ?? []).enumerated()
    where source.given("header")?.text ?? "" == "" {
      add(
        sources.appending(index), "it names no header; write one such as x-gateway-destination",
        component: .envoy)
    }
  }

  /// The pauses between tries in `backendSettings` of a service that policies ask: Envoy Gateway reads
  /// both, and stops at the one that is missing (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/oidc.go, buildNonRouteRetryPolicy).
  mutating func checkServiceBackOff(in settings: Path) {
    let path = settings.appending(.to("retry", "perRetry", "backOff"))
    guard let backOff = object[path] else { return }
    let missing = ["baseInterval", "maxInterval"].filter { backOff.given($0) == nil }
    // The policy that one is merged with may have it.
    guard missing.count == 1, object["spec"]?.given("mergeType") == nil, let name = missing.first
    else { return }
    add(path, "it needs both baseInterval and maxInterval; write \(name), too")
  }

  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH",
  ]

  /// Types of upgrades, which Envoy takes once each, in any letters (envoyproxy/envoy v1.38.1,
  /// source/common/router/config_impl.cc).
  private mutating func checkUpgrades(in path: Path) {
    var seen: Set<String> = []
    for (index, upgrade) in (object[path]?.items ?? []).enumerated() {
      guard let type = upgrade["type"]?.text, !seen.insert(type.lowercased()).inserted else {
        continue
      }
      add(
        path.appending(index), "\(type) stands in an earlier entry; keep one", component: .envoy)
    }
  }

  /// What else a BackendTrafficPolicy asks for.
  mutating func checkTrafficSettings(in spec: Path) {
    for index in (object[spec]?.list("responseOverride") ?? []).indices {
      let response = spec.appending(.to("responseOverride", index, "response"))
      checkHeaderChanges(in: response.appending("header"))
      checkResponseBody(at: response.appending("body"))
      let target = spec.appending(
        .to("responseOverride", index, "redirect", "path", "replaceFullPath"))
      if object[target]?.text?.contains("#") == true {
        add(
          target, "Envoy takes no fragment here; leave out the # and what follows it",
          component: .envoy)
      }
    }
    let limit = spec.appending(.to("requestBuffer", "limit"))
    if let value = object[limit], BufferLimit(value).bytes == 0 {
      add(limit, "a limit of 0 is not valid; write one such as 1Mi")
    }
    checkDuration(at: spec.appending(.to("faultInjection", "delay", "fixedDelay")))
    checkNumber(
      at: spec.appending(.to("faultInjection", "abort", "httpStatus")), 200...599,
      "a status from 200 to 599")
    let overrides = spec.appending("responseOverride")
    for index in (object[overrides]?.items ?? []).indices {
      checkNumber(
        at: overrides.appending(index).appending(.to("response", "statusCode")), 100...599,
        "a status from 100 to 599")
      checkNumber(
        at: overrides.appending(index).appending(.to("redirect", "port")), 0...65535,
        "a port up to 65535")
    }
    checkTracing(in: spec.appending(.to("telemetry", "tracing")))
    let upgrades = spec.appending("httpUpgrade")
    checkUpgrades(in: upgrades)
    for index in (object[upgrades]?.items ?? []).indices {
      checkNotEmpty(
        at: upgrades.appending(index).appending("type"),
        "the type is empty; write one such as websocket")
    }
    for type in ["global", "local"] {
      let rules = spec.appending(.to("rateLimit", type, "rules"))
      for (index, rule) in (object[rules]?.items ?? []).enumerated() {
        for (place, selector) in rule.list("clientSelectors").enumerated() {
          for list in ["headers", "queryParams"] {
            for (number, item) in selector.list(list).enumerated()
            where item.given("type")?.text == "RegularExpression" {
              checkNotEmpty(
                at: rules.appending(index).appending(
                  .to("clientSelectors", place, list, number, "value")),
                "the regular expression is empty; write one")
            }
          }
        }
      }
    }
    let rules = spec.appending(.to("rateLimit", "global", "rules"))
    for index in (object[rules]?.items ?? []).indices {
      for direction in ["request", "response"] {
        let metadata = rules.appending(index).appending(.to("cost", direction, "metadata"))
        for field in ["namespace", "key"]
        where object[metadata]?.given(field)?.text?.contains(")") == true {
          add(
            metadata.appending(field),
            "Envoy cannot read a name that contains a closing bracket; use another one",
            component: .envoy)
        }
        checkNumber(
          at: rules.appending(index).appending(.to("cost", direction, "number")),
          Int.min...1_000_000_000, "at most 1000000000")
      }
    }
  }
}
