import RE2
import Schemas
package import YAML

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
  mutating func checkDuration(at path: Path, _ range: ClosedRange<Int> = 1...Int.max) {
    guard let text = object[path]?.text, let length = GatewayDuration.milliseconds(text),
      !range.contains(length)
    else { return }
    let bound = GatewayDuration.text(
      milliseconds: length < range.lowerBound ? range.lowerBound : range.upperBound)
    add(
      path, "use at \(length < range.lowerBound ? "least" : "most") \(bound)", .string(bound))
  }

  mutating func checkNumber(at path: Path, _ range: ClosedRange<Int>, _ accepted: String) {
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

  mutating func checkNotEmpty(at path: Path, _ advice: String) {
    if object[path]?.text == "" { add(path, advice) }
  }

  mutating func checkSingleLine(at path: Path) {
    guard let text = object[path]?.text, text.contains(where: \.isNewline) else { return }
    add(path, "write it without line ends")
  }

  /// A header that a credential is written into, for which Envoy's API has a pattern.
  mutating func checkHeaderName(at path: Path) {
    checkHeaderLikeName(at: path, "a header name; write one such as x-api-key") { name in
      name.hasPrefix(":") ? name.dropFirst() : name[...]
    }
  }

  /// A name that must be a header's but for what a part of it leaves out.
  mutating func checkHeaderLikeName(
    at path: Path, _ expected: String, part: (String) -> some StringProtocol
  ) {
    guard let name = object[path]?.text, !name.isEmpty, !Variable.isIn(name),
      !Pattern.headerName.accepts(String(part(name)))
    else { return }
    add(path, "\(name.quoted) is not \(expected)")
  }

  mutating func checkNonEmptyNames(in path: Path) {
    for index in (object[path]?.items ?? []).indices {
      checkNotEmpty(
        at: path.appending(index).appending("name"), "the name is empty; write one")
    }
  }

  mutating func checkMatchExpressions(in path: Path) {
    for (index, match) in (object[path]?.items ?? []).enumerated()
    where match.given("type")?.text == "RegularExpression" {
      // Envoy Gateway does not read them.
      guard let text = match["value"]?.text,
        let problem = RegularExpression.refusal(of: text)?.problem
      else { continue }
      add(path.appending(index).appending("value"), problem, component: .envoy)
    }
  }

  /// The values of headers that are written, in which Envoy looks for command operators.
  mutating func checkHeaderChanges(in path: Path) {
    for list in ["set", "add", "addIfAbsent"] { checkHeaderValues(in: path.appending(list)) }
  }

  /// The values of a list of headers.
  mutating func checkHeaderValues(in path: Path) {
    for index in (object[path]?.items ?? []).indices {
      checkCommandOperators(at: path.appending(index).appending("value"))
    }
  }

  /// A text in which Envoy looks for command operators.
  mutating func checkCommandOperators(at path: Path) {
    guard let text = object[path]?.text, let problem = Self.problem(ofFormat: text) else { return }
    add(path, problem, component: .envoy)
  }

  /// The body of an answer that is written here.
  mutating func checkResponseBody(at path: Path) {
    if object[path]?.given("type")?.text != "ValueRef" {
      checkCommandOperators(at: path.appending("inline"))
    }
  }

  /// Why Envoy does not take a text in which it looks for command operators; nil where it does.
  static func problem(ofFormat text: String) -> String? {
    if Variable.isIn(text) { return nil }
    let operators = text.commandOperators
    if operators.hasLonePercent {
      return
        "a percent sign begins a command operator such as %DOWNSTREAM_REMOTE_ADDRESS%; write %% for "
        + "the sign"
    }
    return operators.all.lazy.compactMap(\.problem).first
  }

  /// The pins and names that client certificates are verified against.
  mutating func checkClientSettings(in path: Path) {
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
  mutating func checkNetworks(in path: Path) {
    for (index, network) in (object[path]?.items ?? []).enumerated() {
      guard let text = network.text, !Variable.isIn(text), !IPAddress.isNetwork(text) else {
        continue
      }
      add(path.appending(index), "\(text) is not a network; use one such as 10.0.0.0/8")
    }
  }

  /// Backends that are called, of which one has to have a weight (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/ext_service.go, internal/xds/translator/utils.go).
  mutating func checkWeights(in path: Path) {
    let refs = object[path]?.items ?? []
    guard !refs.isEmpty, refs.allSatisfy({ $0.given("weight")?.integer == 0 }) else { return }
    add(path, "every weight is 0; give one more")
  }

  /// Pings by which connections in HTTP/2 are kept open.
  mutating func checkKeepalive(in path: Path) {
    let path = path.appending(.to("http2", "connectionKeepalive"))
    guard let keepalive = object[path] else { return }
    if keepalive.given("timeout") == nil {
      add(path, "it needs a timeout; write one such as 10s")
    }
    for key in ["interval", "timeout", "idleInterval"] {
      checkDuration(at: path.appending(key))
    }
  }

  /// What an HTTPRouteFilter does to requests.
  mutating func checkRouteFilter(in spec: Path, for release: Release) {
    checkNumber(
      at: spec.appending(.to("directResponse", "statusCode")), 200...599,
      "a status from 200 to 599")
    checkNotEmpty(
      at: spec.appending(.to("urlRewrite", "path", "replaceRegexMatch", "substitution")),
      "the substitution is empty; write what replaces the match, such as /")
    checkHeaderName(at: spec.appending(.to("credentialInjection", "header")))
    let answer = spec.appending("directResponse")
    checkHeaderChanges(in: answer.appending("header"))
    if release.readsCommandOperatorsInDirectResponses {
      checkResponseBody(at: answer.appending("body"))
    }
    if let twice = object[answer]?.directResponseHeaders.firstRepeated {
      add(
        answer.appending("header"), "header \(twice) is written twice; write it once, in set")
    }
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
  package func paths(to key: String) -> [Path] { paths(to: key, from: .root) }

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
