import Resources
import Schemas
import YAML

extension Report {
  /// Reports the changes of the body that cannot be made, in the `bodyMutation` of the object at
  /// `base`.
  mutating func addInvalidChanges(_ mutation: Node?, at base: Path) {
    for (index, entry) in (mutation?.list("set") ?? []).enumerated() {
      let place = base.appending(.to("bodyMutation", "set", index))
      if let text = entry["value"]?.text, text.isTakenForJSON, !JSONText.isValid(text) {
        let path = place.appending("value")
        add(
          "value \(text.quoted) is taken for JSON and is none, so that the body is broken; as a "
            + "text write \(text.json)",
          at: path,
          // A list or an object may have been meant.
          caution: text.first == "[" || text.first == "{" ? .guess : nil, fix: "write \(text.json)",
          .set(path, .string(text.json)))
      }
      if entry["path"]?.text == "stream" {
        let isOn = entry["value"]?.text?.trimmed == "true"
        add(
          isOn
            ? "AI Gateway reads the answer as the client asked for it: of a stream that the client did "
              + "not ask for it makes 500; leave stream to the client"
            : Self.streamAdvice, at: place.appending("path"))
      }
      let steps = entry["path"]?.text?.split(separator: ".") ?? []
      guard steps.count > 1, Self.lists.contains(String(steps[0])),
        Int(steps[1].drop { $0 == "-" }) == nil
      else { continue }
      add(
        "\(steps[0]) is a list, in which AI Gateway cannot set \(steps[1]), so that it changes "
          + "nothing for this backend; name an item, as in \(steps[0]).0",
        at: place.appending("path"))
    }
    for (index, entry) in (mutation?.list("remove") ?? []).enumerated()
    where entry.text == "stream" {
      add(Self.streamAdvice, at: base.appending(.to("bodyMutation", "remove", index)))
    }
  }

  private static let streamAdvice =
    "who asks for a stream gets none, and its tokens are not counted; leave stream to the client"

  /// Reports a change of the model in the `bodyMutation` of the object at `base`, for a backend
  /// whose API schema is nil where it is not known; `document` is that of the object, nil where the
  /// report is about it alone.
  mutating func addModelChanges(
    _ mutation: Node?, at base: Path, for api: APISchema?, in document: Int? = nil
  ) {
    let base = base.appending("bodyMutation")
    let isRead = api?.takesModelFromBody ?? true
    for (index, entry) in (mutation?.list("set") ?? []).enumerated()
    where entry["path"]?.text == "model" {
      let advice =
        isRead
        ? "this model replaces the one that AI Gateway writes; use modelNameOverride alone"
        : "\(api?.rawValue ?? "") reads the model in the path, where this changes nothing; use "
          + "modelNameOverride"
      add(advice, at: base.appending(.to("set", index, "path")), in: document)
    }
    guard isRead else { return }
    for (index, entry) in (mutation?.list("remove") ?? []).enumerated() where entry.text == "model"
    {
      add(
        "the body then names no model, which most providers want; leave it in",
        at: base.appending(.to("remove", index)), in: document)
    }
  }

  /// Fields of requests that are always lists.
  private static let lists: Set<String> = ["messages", "tools"]
}

extension String {
  /// Whether AI Gateway puts a value into the body as it is (envoyproxy/ai-gateway v1.1.0,
  /// internal/bodymutator/body_mutator.go).
  fileprivate var isTakenForJSON: Bool {
    let text = trimmed
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    switch (first, last) {
    case (UInt8(ascii: "\""), UInt8(ascii: "\"")), (UInt8(ascii: "{"), UInt8(ascii: "}")),
      (UInt8(ascii: "["), UInt8(ascii: "]")):
      return true
    case (UInt8(ascii: "0")...UInt8(ascii: "9"), _), (UInt8(ascii: "-"), _),
      (UInt8(ascii: "+"), _):
      return text.utf8.allSatisfy { "0123456789.-+eE".utf8.contains($0) }
    case _: return false
    }
  }
}
