import Schemas
import YAML
import Resources

extension Report {
  /// Reports the changes of headers that nobody makes, in the `headerMutation` of the object at
  /// `base`, and those for which Envoy gives up requests.
  mutating func addIgnoredChanges(_ mutation: Node?, at base: Path) {
    guard let mutation else { return }
    let base = base.appending("headerMutation")
    for (index, header) in mutation.list("set").enumerated() {
      guard let name = header["name"]?.text else { continue }
      let path = base.appending(.to("set", index))
      if let component = Self.component(of: name) {
        let advice = name.lowercased() == WellKnown.modelHeader ? "; use modelNameOverride" : ""
        add(
          "\(component) ignores the change of \(name.quoted)\(advice)", at: path.appending("name"),
          fix: "remove the entry", .remove(path))
      } else if let value = header["value"]?.text, value.contains(where: \.isNewline) {
        add(
          "Envoy refuses a value with a line end, and every request to this backend gets 500; write "
            + "it in one line", at: path.appending("value"), severity: .error)
      }
    }
    for (index, name) in mutation.list("remove").enumerated() {
      guard let name = name.text else { continue }
      let path = base.appending(.to("remove", index))
      if let component = Self.component(of: name) {
        add(
          "\(component) ignores the removal of \(name.quoted)", at: path, fix: "remove the entry",
          .remove(path))
      } else if !Variable.isIn(name), !Pattern.headerName.accepts(name) {
        add(
          "no request has a header \(name.quoted), so that nothing is removed; write its name",
          at: path)
      }
    }
  }

  /// Who leaves changes of a header aside, nil where they are made.
  private static func component(of name: String) -> String? {
    let small = name.lowercased()
    if small.hasPrefix(":") || small.hasPrefix("x-ai-eg-") || small == "x-envoy-original-path" {
      return "AI Gateway"
    }
    return small == "host" || small.hasPrefix("x-envoy") ? "Envoy" : nil
  }
}
