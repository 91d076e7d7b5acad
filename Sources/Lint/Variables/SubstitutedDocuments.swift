import Resources
import Schemas
import YAML

/// Documents with variables, as they may be once those are replaced.
///
/// What is found in all of them does not depend on a variable, as far as a few tries show.
struct SubstitutedDocuments {
  /// How many ways of naming objects are tried; beyond that nothing is said across documents.
  static let most = 24

  private(set) var documents: [[Node]] = []
  /// Whether every way of naming objects was tried.
  private(set) var isComplete = true
  /// The texts with variables: document and path of each.
  let places: Set<TextLocation>

  struct TextLocation: Hashable {
    let document: Int
    let path: Path
  }

  /// Nil where no document has variables.
  init?(of documents: [Document]) {
    var variableSites: [VariableSite] = []
    for document in documents where document.hasVariables {
      VariableSite.collect(&variableSites, in: document.node, document, at: .root)
    }
    guard !variableSites.isEmpty else { return nil }
    places = Set(
      variableSites.lazy.filter { $0.mapping == nil }.map {
        TextLocation(document: $0.document, path: $0.path)
      })
    let nodes = documents.map(\.node)
    for round in 0..<2 { self.documents.append(filled(nodes, variableSites, [:], round)) }
    let names = candidates(for: variableSites, among: documents)
    var count = 1
    for name in names { count = min(count * name.texts.count, SubstitutedDocuments.most + 1) }
    isComplete =
      count <= SubstitutedDocuments.most
      && variableSites.allSatisfy { !$0.isName || $0.variables == 1 }
    for number in 0..<min(count, SubstitutedDocuments.most) where !names.isEmpty {
      var rest = number
      var values: [String: String] = [:]
      for name in names {
        values[name.variable] = name.texts[rest % name.texts.count]
        rest /= name.texts.count
      }
      self.documents.append(filled(nodes, variableSites, values, 0))
    }
  }

  // MARK: Values

  private func filled(
    _ nodes: [Node], _ variableSites: [VariableSite], _ names: [String: String], _ round: Int
  ) -> [Node] {
    var nodes = nodes
    var numbers: [String: Int] = [:]
    for site in variableSites {
      for place in Variable.occurrences(in: site.text) where numbers[place.name] == nil {
        numbers[place.name] = numbers.count
      }
      let number = site.first.flatMap { numbers[$0] } ?? 0
      let value = site.value(names, number: number, round: round)
      nodes[site.document] = nodes[site.document].replacing(site.path.steps[...], with: value)
    }
    return nodes
  }

  // MARK: Names

  /// The fields whose values name each other.
  fileprivate static let naming = ["name", "sectionName", "namespace", "gatewayClassName"]

  private struct Name {
    let variable: String
    var texts: [String]
  }

  /// What each variable in the name of an object may be for another name to meet it.
  private func candidates(for variableSites: [VariableSite], among documents: [Document]) -> [Name]
  {
    var texts: [Bool: Set<String>] = [:]
    for document in documents { SubstitutedDocuments.collect(&texts, in: document.node, key: nil) }
    texts[true, default: []].insert(WellKnown.defaultNamespace)
    var names: [String: Set<String>] = [:]
    for site in variableSites {
      let places = Variable.occurrences(in: site.text)
      guard let key = site.key, site.isName, places.count == 1 else { continue }
      let head = site.text[..<places[0].range.lowerBound]
      let tail = site.text[places[0].range.upperBound...]
      for text in texts[key == "namespace"] ?? []
      where text.hasPrefix(head) && text.hasSuffix(tail)
        && text.utf8.count > head.utf8.count + tail.utf8.count
      {
        names[places[0].name, default: []].insert(
          String(text.dropFirst(head.count).dropLast(tail.count)))
      }
    }
    return names.sorted { $0.key < $1.key }.map { Name(variable: $0.key, texts: $0.value.sorted()) }
  }

  /// Gathers the names without variables, those of namespaces by themselves.
  private static func collect(_ texts: inout [Bool: Set<String>], in node: Node, key: String?) {
    switch node {
    case .scalar:
      guard let key, naming.contains(key), let text = node.text, !Variable.isIn(text) else {
        return
      }
      texts[key == "namespace", default: []].insert(text)
    case .sequence(let items): for item in items { collect(&texts, in: item, key: nil) }
    case .mapping(let mapping):
      for entry in mapping.entries { collect(&texts, in: entry.value, key: entry.key) }
    }
  }
}

/// A text with variables, or a mapping with some in a key.
private struct VariableSite {
  let document: Int
  let path: Path
  let text: String
  /// The mapping, where it is about its keys.
  let mapping: Mapping?
  let property: Property?

  /// The name of the field, nil for an item of a list.
  var key: String? {
    if case .key(let key)? = path.last { key } else { nil }
  }

  /// Whether it names an object.
  var isName: Bool { key.map(SubstitutedDocuments.naming.contains) ?? false }
  var variables: Int { Variable.occurrences(in: text).count }

  /// The first variable.
  var first: String? { Variable.occurrences(in: text).first?.name }

  static func collect(
    _ variableSites: inout [VariableSite], in node: Node, _ document: Document, at path: Path
  ) {
    switch node {
    case .scalar:
      guard let text = node.text, Variable.isIn(text) else { return }
      variableSites.append(
        VariableSite(
          document: document.index, path: path, text: text, mapping: nil,
          property: document.resource?.property(at: path)))
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        collect(&variableSites, in: item, document, at: path.appending(index))
      }
    case .mapping(let mapping):
      for entry in mapping.entries {
        collect(&variableSites, in: entry.value, document, at: path.appending(entry.key))
      }
      if let entry = mapping.entries.first(where: { Variable.isIn($0.key) }) {
        variableSites.append(
          VariableSite(
            document: document.index, path: path, text: entry.key, mapping: mapping, property: nil))
      }
    }
  }

  /// A value that the field takes, with names where they are given.
  func value(_ names: [String: String], number: Int, round: Int) -> Node {
    if let mapping {
      return .mapping(
        Mapping(
          mapping.entries.map { entry in
            .init(
              entry.key.substituting { names[$0] ?? "v\(number)-\(round)" },
              entry.value)
          }))
    }
    let pieces = VariableSite.pieces(number, round) + choices(round)
    let isWhole =
      Variable.occurrences(in: text).count == 1 && text.hasPrefix("${") && text.hasSuffix("}")
    func node(_ piece: String) -> Node {
      let filled = text.substituting { names[$0] ?? piece }
      return isWhole ? .scalar(Scalar(plain: filled)) : .string(filled)
    }
    let all = pieces.map(node)
    guard let property else { return all[0] }
    return all.first { ValidatedNode.validating($0, as: property).violations.isEmpty } ?? all[0]
  }

  /// Texts of the forms that fields ask for.
  private static func pieces(_ number: Int, _ round: Int) -> [String] {
    let small = 20 + 10 * number + round
    return [
      "v\(number)-\(round)", "v\(number)-\(round).example.com", "\(small)s", "\(small)",
      "\(1000 * small)", "\(small)Mi", "10.0.\(number % 256).\(small % 256)",
      "https://v\(number)-\(round).example.com", "/v\(number)-\(round)",
      "2024-05-21T10:00:\(10 + round)Z", "true", "1",
    ]
  }

  private func choices(_ round: Int) -> [String] {
    guard case .string(let schema)? = property?.schema else { return [] }
    return round == 0 ? schema.choices : schema.choices.reversed()
  }
}

extension Node {
  /// The node with another one at a place that is there.
  fileprivate func replacing(_ steps: ArraySlice<Path.Step>, with node: Node) -> Node {
    guard let first = steps.first else { return node }
    switch (self, first) {
    case (.mapping(var mapping), .key(let key)):
      guard let index = mapping.index(of: key) else { return self }
      let value = mapping.entries[index].value
      mapping.entries[index].value = value.replacing(steps.dropFirst(), with: node)
      return .mapping(mapping)
    case (.sequence(var items), .index(let index)):
      guard items.indices.contains(index) else { return self }
      items[index] = items[index].replacing(steps.dropFirst(), with: node)
      return .sequence(items)
    case (.mapping, _), (.sequence, _), (.scalar, _): return self
    }
  }
}
