import Schemas
package import YAML
import RE2

extension BackendTraffic {
  /// Why Envoy Gateway refuses it (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtrafficpolicy.go, clustersettings.go).
  package var refusals: [PolicyRefusal] {
    var refusals: [PolicyRefusal] = []
    if let limit = spec.given("rateLimit") { refusals.checkRateLimit(limit) }
    for direction in ["request", "response"] {
      refusals.checkBandwidth(spec.given("bandwidthLimit", direction, "limit"), of: direction)
    }
    refusals.checkClusterSettings(spec, at: .to("spec"))
    refusals.checkBufferLimit(
      spec.given("requestBuffer", "limit"), at: .to("spec", "requestBuffer", "limit"),
      "RequestBuffer: limit", ", must be between 0 and \(ByteSize.range.upperBound)")
    if spec.given("requestBuffer") != nil, !spec.list("httpUpgrade").isEmpty {
      refusals.append(
        PolicyRefusal(
          .to("spec", "requestBuffer"),
          "RequestBuffer: requestBuffer cannot be used together with httpUpgrade",
          "leave one of the two out"))
    }
    refusals.checkStatName(spec.given("telemetry", "metrics", "routeStatName"))
    return refusals
  }
}

extension Path {
  /// Where both traffic policies have their buffer limit.
  package static let bufferLimit = Path.to("spec", "connection", "bufferLimit")
}

extension [PolicyRefusal] {
  fileprivate mutating func checkStatName(_ statName: Node?) {
    guard let text = statName?.text,
      let problem = StatName.problem(of: text, operators: StatName.route)
    else { return }
    append(
      PolicyRefusal(
        .to("spec", "telemetry", "metrics", "routeStatName"),
        "Telemetry: unable to configure Route Stat Name: \(problem)",
        "use \(StatName.route.alternatives)"))
  }

  /// Envoy's least is 1 KiB a second.
  fileprivate mutating func checkBandwidth(_ limit: Node?, of direction: String) {
    guard let limit, let value = limit.given("value"), let bytes = ByteSize.of(value) else {
      return
    }
    let unit = limit.given("unit")?.text ?? "Second"
    let seconds: Int64 = unit == "Hour" ? 3600 : unit == "Minute" ? 60 : 1
    guard bytes < seconds * 1024 else { return }
    let least = seconds * 1024
    append(
      PolicyRefusal(
        .to("spec", "bandwidthLimit", direction, "limit", "value"),
        bytes < 0
          ? "BandwidthLimit: \(direction) limit value must be positive"
          : "BandwidthLimit: \(direction): bandwidth limit of \(bytes) bytes per \(unit) is below the "
            + "minimum of 1 KiB/s",
        "use at least \(least) bytes a \(unit.lowercased())", .string("\(seconds)Ki")))
  }
}

// MARK: Rate limits

extension [PolicyRefusal] {
  fileprivate mutating func checkRateLimit(_ rateLimit: Node) {
    let path = Path.to("spec", "rateLimit")
    let type = rateLimit.given("type")?.text
    for (word, key) in [("Global", "global"), ("Local", "local")] where type == word {
      guard rateLimit.given(key) == nil else { continue }
      append(
        PolicyRefusal(
          path, "RateLimit: \(key) configuration empty for rateLimit",
          "write \(key), or another type"))
      return
    }
    if type != "Global", let local = rateLimit.given("local") {
      checkLocalRules(local.list("rules"), at: path.appending("local"))
    }
    for key in ["local", "global"] where type == nil || type?.lowercased() == key {
      let rules = rateLimit.given(key)?.list("rules") ?? []
      for (index, rule) in rules.enumerated() {
        for (place, selector) in rule.list("clientSelectors").enumerated() {
          checkClientSelector(
            selector,
            at: path.appending(.to(key, "rules", index, "clientSelectors", place)))
        }
      }
    }
  }

  /// One rule without selectors is the limit that holds otherwise, and the units of the others are
  /// counted in its unit.
  private mutating func checkLocalRules(_ rules: [Node], at path: Path) {
    let open = rules.indices.filter { rules[$0].list("clientSelectors").isEmpty }
    if open.count > 1 {
      append(
        PolicyRefusal(
          path.appending(.to("rules", open[1])),
          "RateLimit: local rateLimit can not have more than one rule without clientSelectors",
          "keep one, or give it clientSelectors"))
      return
    }
    let unit = open.first.map { rules[$0].given("limit", "unit")?.text ?? "" } ?? "Second"
    guard let least = RateLimitRule.seconds(in: unit) else { return }
    for (index, rule) in rules.enumerated() {
      guard let own = rule.given("limit", "unit")?.text.flatMap(RateLimitRule.seconds),
        own % least != 0
      else { continue }
      append(
        PolicyRefusal(
          path.appending(.to("rules", index, "limit", "unit")),
          "RateLimit: local rateLimit rule limit unit must be a multiple of the default limit "
            + "unit",
          "use \(unit) or a longer unit that it goes into"))
    }
  }

  private mutating func checkClientSelector(_ selector: Node, at path: Path) {
    for (index, header) in selector.list("headers").enumerated() {
      checkMatch(header, at: path.appending(.to("headers", index)), "distinct header match type")
    }
    for (index, query) in selector.list("queryParams").enumerated() {
      checkMatch(
        query, at: path.appending(.to("queryParams", index)),
        "distinct query parameter match type")
    }
    if let value = selector.given("path", "value")?.text,
      selector.given("path", "type")?.text == "RegularExpression"
    {
      checkExpression(value, at: path.appending(.to("path", "value")))
    }
    checkNetwork(
      selector.given("sourceCIDR", "value"),
      at: path.appending(.to("sourceCIDR", "value")), "RateLimit: unable to translate rateLimit")
  }

  private mutating func checkMatch(_ tested: Node, at path: Path, _ subject: String) {
    let type = tested.given("type")?.text ?? "Exact"
    let value = tested.given("value")?.text
    switch type {
    case "Distinct":
      if tested.given("invert")?.bool == true {
        append(
          PolicyRefusal(
            path.appending("invert"),
            "RateLimit: unable to translate rateLimit.Invert is not applicable for \(subject)",
            "leave invert out"))
      } else if value != nil {
        append(
          PolicyRefusal(
            path.appending("value"),
            "RateLimit: unable to translate rateLimit.Value is not applicable for \(subject)",
            "leave value out, or use type Exact"))
      }
    case "RegularExpression":
      if let value {
        checkExpression(value, at: path.appending("value"))
      } else {
        refuseMissingValue(of: type, at: path)
      }
    default: if value == nil { refuseMissingValue(of: type, at: path) }
    }
  }

  private mutating func refuseMissingValue(of type: String, at path: Path) {
    append(
      PolicyRefusal(
        path.appending("value"),
        "RateLimit: unable to translate rateLimit. Either the header.Type is not valid or the "
          + "header is missing a value",
        "write a value, or type Distinct for one limit a value"))
  }

  private mutating func checkExpression(_ expression: String, at path: Path) {
    guard let refusal = RegularExpression.refusalInGoOrRE2(of: expression), !refusal.isUnknownHere
    else { return }
    append(
      PolicyRefusal(
        path, "RateLimit: regex \(expression.quoted) is invalid: \(refusal.message)",
        "write what Go and RE2 can read"))
  }
}
