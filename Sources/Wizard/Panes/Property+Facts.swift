package import Schemas
import YAML

extension Property {
  /// The field in a line: its name, what it may hold, its default, since when, what it is for.
  package func facts(of project: Project) -> String {
    var facts = name
    if let range = bounds { facts += ": \(range)" }
    if let value = defaultValue?.scalar?.text { facts += ", default \(value)" }
    if isRequired { facts += ", required" }
    if let since = project.since(span) { facts += ", since \(since)" }
    return help.isEmpty ? facts : "\(facts). \(help)"
  }

  /// What it is for, then what it may hold, its default and since when there is one.
  func meaning(in project: Project) -> String {
    var facts: [String] = []
    if let range = bounds { facts.append(range) }
    if let value = defaultValue?.scalar?.text { facts.append("default \(value)") }
    if isRequired { facts.append("required") }
    if let since = project.since(span) { facts.append("since \(since)") }
    let rest = facts.isEmpty ? [] : ["(\(facts.joined(separator: ", ")))"]
    return ((help.isEmpty ? [] : [help]) + rest).joined(separator: " ")
  }

  /// What the field may hold, in words: `integer 0 to 1000000`; nil where any text will do.
  var bounds: String? {
    switch schema {
    case .integer(let integer):
      let most = integer.limit ?? integer.maximum
      if integer.minimum <= Int(Int32.min), most >= Int(Int32.max) { return "integer" }
      return "integer \(integer.minimum) to \(most)"
    case .string(let string):
      if !string.choices.isEmpty { return string.choices.joined(separator: " or ") }
      return string.maximum.map { "at most \($0) characters" }
    case .quantity(let pattern):
      return pattern.hint
    case .boolean: return "true or false"
    case .list(let list): return list.maximum.map { "at most \($0)" }
    case .object, .map, .any: return nil
    }
  }
}
