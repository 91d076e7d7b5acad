import Schemas
import YAML
import RouteForm
import Screen

extension Context {
  /// The places that fit what was typed: an exact path alone, else a line, a rule, then every
  /// field whose path or label fits.
  func destinations(_ text: String) -> [Address] {
    if let exact = Address(text), !exact.path.isRoot,
      exact.object.resource.property(at: exact.path) != nil, workspace.form.shows(exact)
    {
      return [exact]
    }
    if let number = Int(text) {
      var found: [Address] = []
      if number >= 1, let address = address(ofLine: number - 1) { found.append(address) }
      return found
    }
    var found: [Address] = []
    for (index, rule) in workspace.form.rules.enumerated() {
      let name = rule["name"]?.scalar?.text ?? ""
      let title = "rule \(index + 1) \(name) \(FormState.condition(of: rule))"
      if !text.isEmpty, Fuzzy.fits(text, title) {
        found.append(
          FormState.matches(index).appending(0).appending("headers").appending(0)
            .appending("value"))
      }
    }
    if text.isEmpty { return found + catalogue }
    let fitting = catalogue.filter { Fuzzy.fits(text, "\($0)") }
    let needle = Array(text.utf8)
    let near = fitting.filter { Array("\($0)".utf8)[...].contains(needle) }
    let here = near.filter {
      $0.rule == navigation.rule || Step.step(of: $0, in: workspace.form) == navigation.step
    }
    var seen: Set<Address> = []
    return found + (here + near + fitting).filter { seen.insert($0).inserted }
  }

  /// Every field of the written objects as they are now, those that are set or stand beside
  /// something that is.
  private var catalogue: [Address] {
    var found: [Address] = []
    for (index, object) in workspace.analysis.objects.enumerated() {
      Self.collect(
        workspace.analysis.documents[index], Address(object, .root), object.resource.root, &found)
    }
    found.removeAll { !workspace.form.shows($0) }
    return found
  }

  private static func collect(
    _ node: Node?, _ address: Address, _ property: Property, _ found: inout [Address]
  ) {
    guard found.count < 2000 else { return }
    switch property.schema {
    case .object(let object):
      for inner in object.properties where inner.name != "status" && inner.name != "kind" {
        collect(node?[inner.name], address.appending(inner.name), inner, &found)
      }
    case .list(let list):
      for index in (node?.items ?? []).indices {
        collect(node?[index], address.appending(index), list.item, &found)
      }
    case .map(let map):
      for entry in node?.entries ?? [] {
        collect(entry.value, address.appending(entry.key), map.value, &found)
      }
    case .string, .integer, .boolean, .quantity: found.append(address)
    case .any: break
    }
  }
}
