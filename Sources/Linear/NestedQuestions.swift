import RouteForm
import Schemas
import Wizard
import YAML

/// What lies deeper than the questions of a place: a card of the screen, or what is done only if it
/// is asked for.
struct NestedQuestions: Hashable, Sendable {
  let title: String
  /// What is done to the form first.
  var edit: FormEdit?
  /// Whose fields are asked about then.
  var card: Address?
  /// How much is in there, in words.
  var size = ""
}

extension Workspace {
  /// The question which of the ways to go, if any; nil where there is none.
  func question(_ ways: [NestedQuestions]) -> Question? {
    guard !ways.isEmpty else { return nil }
    let hint =
      ways.count > Question.mostShown
      ? "a name or a number of \(ways.count); :list lists them"
      : ways.enumerated().map { "\($0 + 1) \($1.title)\($1.size.isEmpty ? "" : " (\($1.size))")" }
        .joined(separator: ", ")
    return Question(
      key: .ways, label: "More", kind: .ways(ways), hint: hint, present: "now no")
  }

  /// The cards of some rows.
  func ways(of rows: [FormRow], named suffix: String = "") -> [NestedQuestions] {
    rows.flatMap { row -> [NestedQuestions] in
      guard case .cards(let cards) = row.content else { return [] }
      return cards.map { title, address in
        NestedQuestions(
          title: name(ofRow: address) ?? title + suffix, card: address,
          size: ObjectCard.size(of: form, at: address))
      }
    }
  }

  /// What can be done with the backends of a rule, or with its pool, beyond their questions.
  func waysOfBackends(ofRule rule: Int, inPool isPool: Bool) -> [NestedQuestions] {
    form.placedRefs.filter {
      $0.address.rule == rule && $0.isPool == isPool && !$0.name.isEmpty
    }.flatMap { ref -> [NestedQuestions] in
      if let index = form.provider(for: ref) {
        let card = Address(.provider(index), .root)
        let leave = NestedQuestions(
          title: "Do not describe \(ref.name)", edit: .forget(provider: index))
        if ref.isPool {
          return [NestedQuestions(title: "Provider of \(ref.name)", card: card), leave]
        }
        return ways(of: ObjectCard.items(of: form, at: card), named: " of \(ref.name)") + [leave]
      }
      guard case .opened(let parts) = form.description(of: ref),
        let main = parts.first(where: { $0.part == .service || $0.part == .pool })
      else { return [] }
      return [
        NestedQuestions(
          title: "Objects of \(ref.name)", edit: .adopt(ref.address),
          card: Address(main.object, .root), size: "in an opened file")
      ]
    }
  }

  /// What a card is called.
  func title(ofCard card: Address) -> String {
    if let name = name(ofRow: card) { return name }
    guard case .key(let key)? = card.path.last else {
      let value = form.value(at: card)
      let name = (value?["name"] ?? value?["metadata"]?["name"])?.scalar?.text ?? ""
      return name.isEmpty ? "The backend" : "Backend \(name)"
    }
    return key == "spec" ? "All of \(card.object.resource.kind)" : key
  }

  /// What a row is called: `backend 1 (openai)`; nil for what is none.
  private func name(ofRow address: Address) -> String? {
    guard case .index(let index)? = address.path.last else { return nil }
    return name(ofRow: index, in: address.parent)
  }
}
