import Schemas
package import YAML

extension FormEdit {
  /// The edit as a list of its name and its parts, as the journal of a session has it.
  package var node: Node {
    func list(_ name: String, _ parts: Node...) -> Node { .sequence([.string(name)] + parts) }
    func text(_ address: Address) -> Node { .string("\(address)") }
    return switch self {
    case .insert(let row, let address, let index):
      list("insert", row, text(address), .integer(index))
    case .remove(let address, let index): list("remove", text(address), .integer(index))
    case .move(let address, let from, let to):
      list("move", text(address), .integer(from), .integer(to))
    case .duplicate(let address, let index): list("duplicate", text(address), .integer(index))
    case .fill(let address, let value): list("fill", text(address), .string(value))
    case .writePolicy(let isOn): list("policy", .bool(isOn))
    case .writeRetry(let isOn): list("retry", .bool(isOn))
    case .writeGrants(let namespace, let isOn): list("grants", .string(namespace), .bool(isOn))
    case .usePool(let rule, let keeping): list("pool", .integer(rule), .bool(keeping))
    case .useBackends(let rule): list("backends", .integer(rule))
    case .chooseRoute(let place): list("route", .integer(place))
    case .writeGateway(let isOn): list("gateway", .bool(isOn))
    case .writeClass(let isOn): list("class", .bool(isOn))
    case .describe(let address, let preset):
      list("describe", text(address), preset.map(Node.string) ?? .null)
    case .writePool(let address, let isOn): list("write-pool", text(address), .bool(isOn))
    case .forget(let provider): list("forget", .integer(provider))
    case .adopt(let address): list("take-up", text(address))
    case .replace(let address, let value): list("replace", text(address), value ?? .null)
    }
  }

  /// Reads what `node` gives; nil for anything else.
  package init?(_ node: Node) {
    let parts = Array(node.items.dropFirst())
    func number(_ place: Int) -> Int? { parts.indices.contains(place) ? parts[place].integer : nil }
    func flag(_ place: Int) -> Bool? { parts.indices.contains(place) ? parts[place].bool : nil }
    func string(_ place: Int) -> String? { parts.indices.contains(place) ? parts[place].text : nil }
    guard let name = node.items.first?.text else { return nil }
    if let isOn = flag(0), let edit = FormEdit(switching: name, isOn) {
      self = edit
      return
    }
    if let place = number(0), let edit = FormEdit(name, at: place, keeping: flag(1) ?? false) {
      self = edit
      return
    }
    if name == "grants", let namespace = string(0), let isOn = flag(1) {
      self = .writeGrants(namespace: namespace, isOn)
      return
    }
    guard let address = string(name == "insert" ? 1 : 0).flatMap(Address.init) else { return nil }
    switch (name, number(1), number(2)) {
    case ("insert", _, let index?): self = .insert(parts[0], into: address, at: index)
    case ("remove", let index?, _): self = .remove(from: address, at: index)
    case ("move", let from?, let to?): self = .move(in: address, from: from, to: to)
    case ("duplicate", let index?, _): self = .duplicate(in: address, at: index)
    case ("take-up", _, _): self = .adopt(address)
    case ("write-pool", _, _): self = .writePool(at: address, flag(1) ?? false)
    case ("describe", _, _): self = .describe(address, preset: string(1))
    case ("fill", _, _):
      guard let text = string(1) else { return nil }
      self = .fill(address, text)
    case ("replace", _, _):
      guard parts.count == 2 else { return nil }
      self = .replace(address, parts[1].isNull ? nil : parts[1])
    case (_, _, _): return nil
    }
  }

  private init?(switching name: String, _ isOn: Bool) {
    switch name {
    case "policy": self = .writePolicy(isOn)
    case "retry": self = .writeRetry(isOn)
    case "gateway": self = .writeGateway(isOn)
    case "class": self = .writeClass(isOn)
    default: return nil
    }
  }

  private init?(_ name: String, at place: Int, keeping: Bool) {
    switch name {
    case "pool": self = .usePool(rule: place, keeping: keeping)
    case "backends": self = .useBackends(rule: place)
    case "route": self = .chooseRoute(place)
    case "forget": self = .forget(provider: place)
    default: return nil
    }
  }

  /// The same in one line.
  package var line: String { node.flow }

  /// Reads what `line` gives; nil for anything else.
  package init?(line: String) {
    guard let node = Parser().parse(Array(line.utf8)).documents.first?.root else { return nil }
    self.init(node)
  }
}
