import RE2
import Schemas
import YAML

/// Collects the invalid settings of one object. The bounds are those of Envoy's API, against which
/// Envoy Gateway validates what it makes (envoyproxy/go-control-plane, *.pb.validate.go).
struct InvalidSettingCollector {
  let object: Node
  private(set) var found: [InvalidSetting] = []

  init(of object: Node) { self.object = object }

  mutating func add(
    _ path: Path, _ advice: String, _ replacement: Node? = nil,
    component: InvalidSetting.Component = .envoyGateway
  ) {
    found.append(
      InvalidSetting(path: path, component: component, advice: advice, replacement: replacement))
  }

  /// A duration whose milliseconds have to be in a range.
  mutating func check(durationAt path: Path, _ range: ClosedRange<Int> = 1...Int.max) {
    guard let text = object[path]?.text, let length = GatewayDuration.milliseconds(text),
      !range.contains(length)
    else { return }
    let bound = GatewayDuration.text(
      milliseconds: length < range.lowerBound ? range.lowerBound : range.upperBound)
    add(
      path, "use at \(length < range.lowerBound ? "least" : "most") \(bound)", .string(bound))
  }

  mutating func check(numberAt path: Path, _ range: ClosedRange<Int>, _ accepted: String) {
    guard let number = object[path]?.integer, !range.contains(number) else { return }
    add(path, "use \(accepted)")
  }

  /// Numbers for which the API server has no least one, and which Envoy Gateway reads without a sign.
  mutating func checkUnsigned() {
    let fields = [
      "minRetryConcurrency", "numTrustedHops", "maxAcceptPerSocketEvent",
      "consecutiveLocalOriginFailures", "consecutiveGatewayErrors", "consecutive5XxErrors",
      "minEndpointsThreshold", "minEndpointsInZoneThreshold",
    ].flatMap(object.paths)
    let probes = object.paths(to: "tcpKeepalive").map { $0.appending("probes") }
    let weights = object.paths(to: "weightedZones").flatMap { list in
      (object[list]?.items ?? []).indices.map { list.appending($0).appending("weight") }
    }
    let costs = object.paths(to: "cost").flatMap { cost in
      ["request", "response"].map { cost.appending(.to($0, "number")) }
    }
    for path in fields + probes + weights + costs where object[path]?.integer ?? 0 < 0 {
      add(path, "use 0 or more", component: .client)
    }
  }

  mutating func check(emptyTextAt path: Path, _ advice: String) {
    if object[path]?.text == "" { add(path, advice) }
  }

  mutating func check(lineEndsAt path: Path) {
    guard let text = object[path]?.text, text.contains(where: \.isNewline) else { return }
    add(path, "write it without line ends")
  }

  /// A header that a credential is written into, for which Envoy's API has a pattern.
  mutating func check(headerNameAt path: Path) {
    guard let name = object[path]?.text, !name.isEmpty, !Variable.isIn(name),
      !Pattern.headerName.accepts(name.hasPrefix(":") ? String(name.dropFirst()) : name)
    else { return }
    add(path, "\(name.quoted) is not a header name; write one such as x-api-key")
  }

  mutating func check(namesIn path: Path) {
    for index in (object[path]?.items ?? []).indices {
      check(
        emptyTextAt: path.appending(index).appending("name"), "the name is empty; write one")
    }
  }

  mutating func check(expressionsIn path: Path) {
    for (index, match) in (object[path]?.items ?? []).enumerated()
    where match.given("type")?.text == "RegularExpression" {
      // Envoy Gateway does not read them.
      guard let text = match["value"]?.text,
        let problem = RegularExpression.refusal(of: text)?.problem
      else { continue }
      add(path.appending(index).appending("value"), problem, component: .envoy)
    }
  }

  /// The values of headers, in which Envoy looks for commands between percent signs.
  mutating func check(headersIn path: Path) {
    for index in (object[path]?.items ?? []).indices {
      check(formatAt: path.appending(index).appending("value"))
    }
  }

  mutating func check(formatAt path: Path) {
    guard let text = object[path]?.text, !Variable.isIn(text) else { return }
    let commands = text.commands
    if commands.hasLonePercent {
      add(
        path,
        "a percent sign begins a command such as %DOWNSTREAM_REMOTE_ADDRESS%; write %% for the sign",
        component: .envoy)
    } else if let unknown = commands.names.first(where: { !EnvoyCommand.isKnown($0) }) {
      add(path, "Envoy has no command %\(unknown)%; use one such as %REQ(NAME)%", component: .envoy)
    }
  }

  /// The pins and names that client certificates are verified against.
  mutating func check(clientsIn path: Path) {
    for (key, lengths) in [("certificateHashes", 64...95), ("spkiHashes", 44...44)] {
      for (index, hash) in (object[path]?.list(key) ?? []).enumerated() {
        guard let text = hash.text, !Variable.isIn(text), !lengths.contains(text.utf8.count) else {
          continue
        }
        add(
          path.appending(.to(key, index)),
          "\(text.utf8.count) characters are not a hash; use "
            + (key == "spkiHashes" ? "44 in base64" : "64 in hexadecimal, or 95 with colons"))
      }
    }
  }

  /// Networks that Envoy Gateway takes for read.
  mutating func check(networksIn path: Path) {
    for (index, network) in (object[path]?.items ?? []).enumerated() {
      guard let text = network.text, !Variable.isIn(text), !IPAddress.isNetwork(text) else {
        continue
      }
      add(path.appending(index), "\(text) is not a network; use one such as 10.0.0.0/8")
    }
  }

  /// Backends that are called, of which one has to have a weight (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/ext_service.go, internal/xds/translator/utils.go).
  mutating func check(weightsIn path: Path) {
    let refs = object[path]?.items ?? []
    guard !refs.isEmpty, refs.allSatisfy({ $0.given("weight")?.integer == 0 }) else { return }
    add(path, "every weight is 0; give one more")
  }

  /// Pings by which connections in HTTP/2 are kept open.
  mutating func check(keepaliveIn path: Path) {
    let path = path.appending(.to("http2", "connectionKeepalive"))
    guard let keepalive = object[path] else { return }
    if keepalive.given("timeout") == nil {
      add(path, "it needs a timeout; write one such as 10s")
    }
    for key in ["interval", "timeout", "idleInterval"] {
      check(durationAt: path.appending(key))
    }
  }

  /// The settings of connections to backends (Envoy's cluster).
  mutating func check(clusterSettingsIn path: Path) {
    guard object[path] != nil else { return }
    let healthCheck = path.appending(.to("healthCheck", "active"))
    for key in ["interval", "timeout"] { check(durationAt: healthCheck.appending(key)) }
    if let method = object[healthCheck]?.given("http", "method")?.text,
      !Self.methods.contains(method.uppercased())
    {
      add(
        healthCheck.appending(.to("http", "method")),
        "method \(method.quoted) cannot be sent; use \(Self.methods.alternatives)", .string("GET"))
    }
    for payload in [Path.to("http", "expectedResponse"), .to("tcp", "send"), .to("tcp", "receive")]
    {
      check(
        emptyTextAt: healthCheck.appending(payload).appending("text"),
        "the text is empty; write one, or leave it out")
    }
    let outliers = path.appending(.to("healthCheck", "passive"))
    for key in ["interval", "baseEjectionTime"] { check(durationAt: outliers.appending(key)) }
    check(durationAt: path.appending(.to("timeout", "tcp", "connectTimeout")))
    check(durationAt: path.appending(.to("dns", "dnsRefreshRate")), 2...Int.max)
    check(keepaliveIn: path)
    let backOff = path.appending(.to("retry", "perRetry", "backOff"))
    if let written = object[backOff], written.given("baseInterval") == nil {
      add(backOff, "it needs a baseInterval; write one such as 25ms")
    }
    check(
      numberAt: path.appending(.to("connection", "preconnect", "predictivePercent")), 100...300,
      "100 to 300")
    let hash = path.appending(.to("loadBalancer", "consistentHash"))
    for key in ["header", "cookie"] {
      check(
        emptyTextAt: hash.appending(.to(key, "name")), "the name is empty; write one")
    }
    for key in ["headers", "queryParams"] { check(namesIn: hash.appending(key)) }
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

  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH",
  ]

  /// What else a BackendTrafficPolicy asks for.
  mutating func check(trafficIn spec: Path) {
    let limit = spec.appending(.to("requestBuffer", "limit"))
    if let value = object[limit], BufferLimit(value).bytes == 0 {
      add(limit, "a limit of 0 is not valid; write one such as 1Mi")
    }
    check(durationAt: spec.appending(.to("faultInjection", "delay", "fixedDelay")))
    check(
      numberAt: spec.appending(.to("faultInjection", "abort", "httpStatus")), 200...599,
      "a status from 200 to 599")
    let overrides = spec.appending("responseOverride")
    for index in (object[overrides]?.items ?? []).indices {
      check(
        numberAt: overrides.appending(index).appending(.to("response", "statusCode")), 100...599,
        "a status from 100 to 599")
      check(
        numberAt: overrides.appending(index).appending(.to("redirect", "port")), 0...65535,
        "a port up to 65535")
    }
    check(tracingIn: spec.appending(.to("telemetry", "tracing")))
    let upgrades = spec.appending("httpUpgrade")
    for index in (object[upgrades]?.items ?? []).indices {
      check(
        emptyTextAt: upgrades.appending(index).appending("type"),
        "the type is empty; write one such as websocket")
    }
    for type in ["global", "local"] {
      let rules = spec.appending(.to("rateLimit", type, "rules"))
      for (index, rule) in (object[rules]?.items ?? []).enumerated() {
        for (place, selector) in rule.list("clientSelectors").enumerated() {
          for list in ["headers", "queryParams"] {
            for (number, item) in selector.list(list).enumerated()
            where item.given("type")?.text == "RegularExpression" {
              check(
                emptyTextAt: rules.appending(index).appending(
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
        check(
          numberAt: rules.appending(index).appending(.to("cost", direction, "number")),
          Int.min...1_000_000_000, "at most 1000000000")
      }
    }
  }

  /// What an HTTPRouteFilter does to requests.
  mutating func check(filterIn spec: Path) {
    check(
      numberAt: spec.appending(.to("directResponse", "statusCode")), 200...599,
      "a status from 200 to 599")
    check(
      emptyTextAt: spec.appending(.to("urlRewrite", "path", "replaceRegexMatch", "substitution")),
      "the substitution is empty; write what replaces the match, such as /")
    check(headerNameAt: spec.appending(.to("credentialInjection", "header")))
    let answer = spec.appending("directResponse")
    if let twice = object[answer]?.directResponseHeaders.firstRepeated {
      add(
        answer.appending("header"), "header \(twice) is written twice; write it once, in set")
    }
  }
}

// MARK: What AI Gateway reads

extension InvalidSettingCollector {
  /// Costs that are computed by an expression.
  mutating func check(costsIn path: Path) {
    for (index, cost) in (object[path]?.items ?? []).enumerated()
    where cost["type"]?.text == "CEL" {
      let place = path.appending(index).appending("cel")
      guard let expression = cost.given("cel") else {
        add(place, "type CEL needs an expression; write cel", component: .aiGateway)
        continue
      }
      guard let text = expression.text, let problem = CostExpression.problem(in: text) else {
        continue
      }
      add(place, "the cost expression is not valid: \(problem)", component: .aiGateway)
    }
  }

  /// The headers by which quotas distinguish clients, which nothing reads before Envoy does
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/quota_ratelimit.go).
  mutating func check(quotasIn path: Path) {
    for (index, quota) in (object[path]?.items ?? []).enumerated() {
      for (number, rule) in (quota.given("quota")?.list("bucketRules") ?? []).enumerated() {
        for place in rule.list("clientSelectors").indices {
          check(
            expressionsIn: path.appending(index).appending(
              .to("quota", "bucketRules", number, "clientSelectors", place, "headers")))
        }
      }
    }
  }

  /// The address of a forward proxy: AI Gateway splits it, and Envoy takes IP addresses only
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/forward_proxy.go; envoyproxy/envoy v1.38.1,
  /// source/extensions/transport_sockets/http_11_proxy/config.cc).
  mutating func check(forwardProxyAt path: Path) {
    guard let address = object[path]?.text, !address.isEmpty, !Variable.isIn(address) else {
      return
    }
    guard let host = Self.host(of: address) else {
      add(
        path, "write host:port without a scheme, such as 10.0.0.9:3128", component: .extensionServer
      )
      return
    }
    if IPAddress.bytes(String(host.prefix { $0 != "%" })) == nil {
      add(
        path,
        "\(host) is not an IP address, and Envoy does not look up the names of proxies; write the "
          + "address, such as 10.0.0.9:3128", component: .envoy)
    }
  }

  /// The host of a text that Go's net.SplitHostPort takes, with a port that is one; nil for others.
  private static func host(of text: String) -> Substring? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1,
      last.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let port = Int(last), 1...65535 ~= port
    else { return nil }
    let host = text.dropLast(last.count + 1)
    if host.hasPrefix("[") {
      return host.hasSuffix("]") && host.count > 2 ? host.dropFirst().dropLast() : nil
    }
    return parts.count == 2 && !host.isEmpty ? host : nil
  }

  /// Regular expressions for the tools of an MCP server.
  mutating func check(expressionsAt path: Path) {
    for (place, item) in (object[path]?.items ?? []).enumerated() {
      guard let problem = item.text?.problemAsExpression else { continue }
      add(path.appending(place), problem, component: .mcpProxy)
    }
  }
}

extension String {
  /// The names of its commands, `%NAME%`, `%NAME(…)%` or `%NAME(…):3%`, in whose parentheses percent
  /// signs may stand, and whether one of the percent signs is neither doubled nor part of a command.
  fileprivate var commands: (names: [Substring], hasLonePercent: Bool) {
    var names: [Substring] = []
    var rest = self[...]
    while let sign = rest.firstIndex(of: "%") {
      rest = rest[rest.index(after: sign)...]
      if rest.first == "%" {
        rest = rest.dropFirst()
      } else if let next = rest.behindCommand {
        names.append(rest.commandName)
        rest = next
      } else {
        return (names, true)
      }
    }
    return (names, false)
  }
}

extension Substring {
  /// The name of a command that the text begins with.
  fileprivate var commandName: Substring {
    prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }

  /// What stands behind a command whose first percent sign is before the text, nil where it is none.
  fileprivate var behindCommand: Substring? {
    let name = commandName
    guard !name.isEmpty else { return nil }
    let rest = dropFirst(name.count)
    guard rest.first == "(" else { return rest.behindLength }
    var inner = rest.dropFirst()
    while let end = inner.firstIndex(of: ")") {
      inner = inner[inner.index(after: end)...]
      if let next = inner.behindLength { return next }
    }
    return nil
  }

  /// What stands behind the end of a command: `%`, or `:3%`.
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

extension String {
  /// Why it is no regular expression to Go and RE2, nil where it is.
  var problemAsExpression: String? { RegularExpression.refusalInGoOrRE2(of: self)?.problem }
}

extension ParseError {
  /// It as a clause, nil where it is one of this program only.
  fileprivate var problem: String? {
    isUnknownHere ? nil : "the regular expression cannot be read: \(message)"
  }
}

extension Node {
  /// Why the `value` of a match of type RegularExpression cannot be read, nil where it can.
  var unreadableExpression: String? {
    given("type")?.text == "RegularExpression" ? self["value"]?.text?.problemAsExpression : nil
  }

  /// The paths of all values of a key, at any depth.
  func paths(to key: String) -> [Path] { paths(to: key, from: .root) }

  private func paths(to wanted: String, from path: Path) -> [Path] {
    switch self {
    case .scalar: []
    case .sequence(let items):
      items.enumerated().flatMap { $1.paths(to: wanted, from: path.appending($0)) }
    case .mapping(let mapping):
      mapping.entries.flatMap { entry in
        let place = path.appending(entry.key)
        return (entry.key == wanted ? [place] : []) + entry.value.paths(to: wanted, from: place)
      }
    }
  }
}
