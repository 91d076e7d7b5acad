package import YAML
internal import Lint
internal import Resources
internal import Schemas

/// The checklist on Review, each line with what the form can say of it.
package struct Checklist: Sendable {
  package enum State: Hashable, Sendable { case done, missing, unknown }

  package struct Line: Hashable, Sendable {
    package let text: String
    package let state: State
    package let detail: String
    /// Where to repair or look.
    package let address: Address
  }

  package let lines: [Line]

  package init(_ form: FormState, in cluster: KnownCluster? = nil) {
    lines =
      [
        Self.buffer(form, cluster), Self.parents(form, cluster), Self.backends(form, cluster),
        Self.models(form),
        Self.timeouts(form), Self.grants(form),
      ] + Self.described(form, in: cluster)
  }

  private static func buffer(_ form: FormState, _ cluster: KnownCluster?) -> Line {
    let address = Address(.policy, Path([.key("spec"), .key("connection"), .key("bufferLimit")]))
    let limit = form.value(at: address)?.scalar?.text
    let text = "ClientTrafficPolicy with bufferLimit on the Gateway"
    guard form.writesPolicy else {
      if let line = cluster.flatMap({ Self.buffer(form, text, in: $0, address) }) { return line }
      return Line(
        text: text, state: .unknown, detail: "not written here; one must exist already",
        address: address)
    }
    guard let limit else {
      return Line(
        text: text, state: .missing, detail: "no bufferLimit: \(RuntimeDefault.bufferLimit) bytes",
        address: address)
    }
    if let target = namelessTarget(form) {
      return Line(
        text: text, state: .missing, detail: "\(limit), but its Gateway has no name",
        address: target)
    }
    return Line(text: text, state: .done, detail: limit, address: address)
  }

  /// What a cluster has for the route's Gateways; nil where it cannot say.
  private static func buffer(
    _ form: FormState, _ text: String, in cluster: KnownCluster, _ address: Address
  ) -> Line? {
    let gateways = AIGatewayRoute(form.route.placed(in: cluster.namespace)).attachment.gateways
    guard !gateways.isEmpty, gateways.allSatisfy({ cluster.has(.gateway, $0) ?? false }) else {
      return nil
    }
    var limits: [String] = []
    for gateway in gateways {
      guard let policy = cluster.clientPolicy(of: gateway),
        let limit = policy.bufferLimit?.scalar?.text
      else {
        guard !cluster.incomplete.contains(Policy.Kind.client.rawValue) else { return nil }
        return Line(
          text: text, state: .missing,
          detail: "none on \(gateway) in cluster \(cluster.name): "
            + "\(RuntimeDefault.bufferLimit) bytes", address: address)
      }
      limits.append("\(limit) of \(policy.key)")
    }
    return Line(
      text: text, state: .done, detail: "\(limits.listed), in cluster \(cluster.name)",
      address: address)
  }

  /// Where the name is missing of a Gateway that the policy is for; nil where it has all names.
  private static func namelessTarget(_ form: FormState) -> Address? {
    let list = Address(.policy, Path([.key("spec"), .key("targetRefs")]))
    guard let own = form.ownValue(at: list)?.items else {
      let spec = form.ownValue(at: list.parent)
      if spec?["targetSelectors"] != nil || spec?["targetRef"] != nil { return nil }
      let parent = form.parentRefs.isEmpty ? 0 : namelessParent(form)
      return parent.map { FormState.parentList.appending($0).appending("name") }
    }
    let place = own.isEmpty ? 0 : own.firstIndex { $0["name"] == nil }
    return place.map { list.appending($0).appending("name") }
  }

  private static func namelessParent(_ form: FormState) -> Int? {
    form.parentRefs.firstIndex { $0["name"] == nil }
  }

  private static func parents(_ form: FormState, _ cluster: KnownCluster?) -> Line {
    let text = "parentRefs"
    if let index = namelessParent(form) {
      return Line(
        text: text, state: .missing, detail: "Gateway \(index + 1) has no name",
        address: FormState.parentList.appending(index).appending("name"))
    }
    let address = FormState.parentList.appending(0).appending("name")
    guard !form.parentRefs.isEmpty else {
      return Line(text: text, state: .missing, detail: "no parentRef", address: address)
    }
    let route = form.route.placed(in: cluster?.namespace)
    let all = AIGatewayRoute(route).attachment.gateways
    let known = form.knownGateways
    let others = all.filter { !known.contains($0) }
    let names = all.map(\.description).listed
    if let cluster, !others.isEmpty,
      let line = Self.line(
        text, names, others.map { ($0.description, cluster.has(.gateway, $0)) }, cluster, address)
    {
      return line
    }
    let missing = others.map(\.description)
    return missing.isEmpty
      ? Line(text: text, state: .done, detail: "\(names), written here", address: address)
      : Line(
        text: text, state: .unknown,
        detail: "\(missing.listed); whether they exist cannot be known offline",
        address: address)
  }

  /// What a cluster says of names; nil where it cannot say.
  private static func line(
    _ text: String, _ names: String, _ found: [(name: String, isThere: Bool?)],
    _ cluster: KnownCluster, _ address: Address
  ) -> Line? {
    let missing = found.filter { $0.isThere == false }.map(\.name)
    if !missing.isEmpty {
      return Line(
        text: text, state: .missing, detail: "\(missing.listed) not in cluster \(cluster.name)",
        address: address)
    }
    guard found.allSatisfy({ $0.isThere != nil }) else { return nil }
    return Line(
      text: text, state: .done, detail: "\(names), in cluster \(cluster.name)", address: address)
  }

  private static func backends(_ form: FormState, _ cluster: KnownCluster?) -> Line {
    let text = "backendRefs"
    var names: [String] = []
    var known: Set<String> = []
    var gaps: [Gap] = []
    for (rule, node) in form.rules.enumerated() {
      let list = FormState.backendRefs(rule)
      let refs = node.list("backendRefs")
      if refs.isEmpty {
        gaps.append(
          Gap(detail: "rule \(rule + 1) has none", address: list.appending(0).appending("name")))
      }
      for (index, ref) in refs.enumerated() {
        guard let name = ref["name"]?.scalar?.text else {
          gaps.append(
            Gap(
              detail: "rule \(rule + 1), backend \(index + 1): no name",
              address: list.appending(index).appending("name")))
          continue
        }
        if known.insert(name).inserted { names.append(name) }
      }
    }
    if let line = Line(text, missing: gaps) { return line }
    let address = FormState.backendRefs(0).appending(0).appending("name")
    guard !names.isEmpty else {
      return Line(text: text, state: .missing, detail: "no rule", address: address)
    }
    let open = form.undescribedRefs
    let openNames = Set(open.map(\.name))
    let missing = names.filter(openNames.contains)
    if let cluster, !open.isEmpty {
      let namespace = form.routeNamespace ?? cluster.namespace
      let found = open.map { ref in
        (
          ref.name,
          cluster.has(
            ref.isPool ? .inferencePool : .aiServiceBackend,
            ObjectKey(ref.namespace ?? namespace, ref.name))
        )
      }
      let place =
        zip(open, found).first { $0.1.1 == false }?.0.address.appending("name") ?? address
      if let line = Self.line(text, names.listed, found, cluster, place) { return line }
    }
    return missing.isEmpty
      ? Line(text: text, state: .done, detail: "\(names.listed), described here", address: address)
      : Line(
        text: text, state: .unknown,
        detail: "\(missing.listed); whether they exist cannot be known offline",
        address: open.first?.address.appending("name") ?? address)
  }

  /// A line for each backend that is described: what is written for it, and what is not.
  private static func described(_ form: FormState, in cluster: KnownCluster?) -> [Line] {
    form.usedProviders.map { index, isPool in
      let provider = form.providers[index]
      let missing = provider.missingSettings(isPool: isPool)
      var facts = [provider.preset?.name ?? "no provider chosen"]
      if !isPool { facts.append(provider.usesTLS ? "TLS" : "no TLS") }
      var isLost = false
      if let secret = provider.secret {
        let isFound = cluster.flatMap { cluster in
          cluster.hasSecret(
            ObjectKey(form.namespace(of: provider) ?? cluster.namespace, secret.name))
        }
        isLost = secret.isThere && isFound == false
        facts.append("Secret \(secret.name)" + Self.note(for: secret, isFound, cluster))
      } else {
        facts.append(provider.credentials.summary)
      }
      if !missing.isEmpty { facts.append("no \(missing.map(\.rawValue).joined(separator: ", "))") }
      return Line(
        text: "backend \(provider.label)", state: missing.isEmpty && !isLost ? .done : .missing,
        detail: facts.joined(separator: ", "),
        address: .provider(index, missing.first ?? (isLost ? .secret : .preset)))
    }
  }

  /// Whether a Secret is there, as far as that is known.
  private static func note(
    for secret: NeededSecret, _ isFound: Bool?, _ cluster: KnownCluster?
  ) -> String {
    if let cluster, isFound == true { return ", in cluster \(cluster.name)" }
    if let cluster, isFound == false, secret.isThere { return " not in cluster \(cluster.name)" }
    return secret.isThere ? "" : " to create"
  }

  private static func models(_ form: FormState) -> Line {
    let text = "x-ai-eg-model in the matches"
    var catchAlls: [Int] = []
    var gaps: [Gap] = []
    for (rule, node) in form.rules.enumerated() {
      let matches = node.list("matches")
      if matches.isEmpty { catchAlls.append(rule + 1) }
      for (index, match) in matches.enumerated() {
        let headers = match.list("headers")
        let place = headers.firstIndex(where: Template.isModelHeader)
        let header = place.map { headers[$0] }
        let address = FormState.matches(rule).appending(index).appending("headers")
          .appending(place ?? 0).appending("value")
        if header == nil {
          gaps.append(
            Gap(detail: "rule \(rule + 1), match \(index + 1) names none", address: address))
        } else if header?["value"] == nil {
          gaps.append(Gap(detail: "rule \(rule + 1) names no model", address: address))
        }
      }
    }
    if let line = Line(text, missing: gaps) { return line }
    let address = FormState.matches(0).appending(0).appending("headers").appending(0)
      .appending("value")
    if form.rules.isEmpty {
      return Line(text: text, state: .missing, detail: "no rule", address: address)
    }
    let detail =
      catchAlls.isEmpty
      ? "every match names a model"
      : "rule \(catchAlls.map(String.init).joined(separator: ", ")) takes every model (catch-all)"
    return Line(text: text, state: .done, detail: detail, address: address)
  }

  private static func timeouts(_ form: FormState) -> Line {
    let text = "timeouts for streaming"
    let gaps = form.rules.enumerated().compactMap { rule, node in
      node["timeouts"]?["request"] == nil
        ? Gap(
          detail: "rule \(rule + 1): streams end after \(RuntimeDefault.requestTimeout)",
          address: FormState.ruleList.appending(rule).appending("timeouts").appending("request"))
        : nil
    }
    if let line = Line(text, missing: gaps) { return line }
    let written = Set(form.rules.compactMap { $0["timeouts"]?["request"]?.scalar?.text }).sorted()
    return Line(
      text: text, state: form.rules.isEmpty ? .missing : .done,
      detail: form.rules.isEmpty
        ? "no rule" : "every rule says how long a stream may take: \(written.listed)",
      address: FormState.ruleList.appending(0).appending("timeouts").appending("request"))
  }

  private static func grants(_ form: FormState) -> Line {
    let text = "ReferenceGrants across namespaces"
    let foreign = form.foreignNamespaces
    let missing = foreign.filter { namespace in
      !form.grants.contains { $0.namespace == namespace }
    }
    let address = FormState.backendRefs(0).appending(0).appending("namespace")
    guard let first = missing.first else {
      let detail = foreign.isEmpty ? "none needed" : foreign.listed
      return Line(text: text, state: .done, detail: detail, address: address)
    }
    return Line(
      text: text, state: .missing, detail: "\(first) needs two; write them in step 4",
      address: form.firstBackend(in: first) ?? address)
  }
}

/// A place where something is missing.
private struct Gap {
  let detail: String
  let address: Address
}

extension Checklist.Line {
  /// The first of some gaps, and how many more there are; nil where there are none.
  fileprivate init?(_ text: String, missing gaps: [Gap]) {
    guard let first = gaps.first else { return nil }
    self.init(
      text: text, state: .missing,
      detail: first.detail + (gaps.count > 1 ? " and \(gaps.count - 1) more" : ""),
      address: first.address)
  }
}

extension [String] {
  /// The first few, and how many more there are.
  var listed: String {
    let shown = prefix(8).joined(separator: ", ")
    return count > 8 ? "\(shown) and \(count - 8) more" : shown
  }
}

extension FormState {
  /// The namespace field of the first backendRef that names a namespace.
  package func firstBackend(in namespace: String) -> Address? {
    for (rule, node) in rules.enumerated() {
      for (index, ref) in node.list("backendRefs").enumerated()
      where ref["namespace"]?.text == namespace {
        return Self.backendRefs(rule).appending(index).appending("namespace")
      }
    }
    return nil
  }

  /// The route in words, a line each: what it is, and what each rule does.
  package var summary: [String] {
    let gateways = parentRefs.map { ref in
      let namespace = ref["namespace"]?.text.flatMap { $0 == routeNamespace ? nil : $0 }
      return (ref["name"]?.scalar?.text ?? "(no Gateway)") + (namespace.map { " in \($0)" } ?? "")
    }
    let place = routeNamespace.map { " in \($0)" } ?? ""
    var lines = [
      "Route \(routeName ?? "(no name)")\(place) on \(gateways.joined(separator: ", "))"
    ]
    for (index, rule) in rules.enumerated() {
      let timeout = rule["timeouts"]?["request"]?.scalar?.text ?? RuntimeDefault.requestTimeout
      lines.append(
        "\(index + 1). \(Self.condition(of: rule)) -> \(shares(of: rule).summary), \(timeout)")
    }
    return lines
  }

  /// What a rule is called in a list: its name, else its first model, else what it takes.
  package static func label(of rule: Node) -> String {
    if let name = rule["name"]?.scalar?.text { return name }
    guard let match = rule["matches"]?[0] else { return "catch-all" }
    let headers = match.list("headers")
    let model = headers.first(where: Template.isModelHeader) ?? headers.first
    return model?["value"]?.scalar?.text ?? "(no model)"
  }

  /// What a rule takes, in words: `x-ai-eg-model = gpt-4o`.
  package static func condition(of rule: Node) -> String {
    let matches = rule.list("matches")
    guard let first = matches.first else { return "every model (catch-all)" }
    let headers = (first.list("headers")).map { header in
      let sign = header["type"]?.text == "RegularExpression" ? "~" : "="
      let name = header["name"]?.scalar?.text ?? "?"
      return "\(name) \(sign) \(header["value"]?.scalar?.text ?? "?")"
    }
    let text = headers.isEmpty ? "anything" : headers.joined(separator: " and ")
    return matches.count == 1 ? text : "\(text), or \(matches.count - 1) more"
  }
}

extension FormState {
  /// The Gateways that are written here or stand in opened files.
  fileprivate var knownGateways: Set<ObjectKey> {
    let kept = keptPlaces.compactMap { opened[$0].node }
      .filter { $0["kind"]?.text == GroupKind.gateway.kind }
    return Set(((writesGateway ? [document(.gateway)] : []) + kept).map(ObjectKey.init))
  }
}
