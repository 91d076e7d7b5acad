import Corpus
import Schemas
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

/// Every edit that the form offers on opened files: what is read back is exactly that edit, and the
/// lines around it are the author's.
@Suite("keeping what is opened")
struct KeepingTests {
  /// The manifests of the corpus that the form can open.
  static let samples = Corpus.all.filter { (try? Opened($0)) != nil }

  /// Those that hold a route.
  static let routes = samples.filter { sample in
    (try? Opened(sample).form.held.route) != nil
  }

  /// A sample as the wizard opens it.
  private struct Opened {
    let sample: Corpus.Sample
    let file: OpenedFile
    let form: FormState
    let lines: [String]

    init(_ sample: Corpus.Sample) throws {
      self.sample = sample
      file = try OpenedFile(path: "a.yaml", bytes: sample.bytes)
      form = FormState(opening: [file].documents)
      lines = Opened.lines(of: sample.bytes)
    }

    static func lines(of bytes: [UInt8]) -> [String] {
      String(decoding: bytes, as: UTF8.self).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline
      ).map(String.init)
    }

    /// Every field that the form can go to.
    var addresses: [Address] {
      var robot = Robot(opening: [file], size: Size(rows: 40, columns: 120))
      robot.press("<Esc>")
      return robot.wizard.context.destinations("")
    }

    /// A text that gives a field another value; nil where no text does.
    func text(for address: Address, in form: FormState) -> String? {
      guard let property = address.object.resource.property(at: address.path) else { return nil }
      return (form.choices(at: address) + property.examples + KeepingTests.texts).first { text in
        guard case .success(let node) = property.value(from: text) else { return false }
        return node != form.value(at: address)
      }
    }
  }

  /// Texts of many kinds; the first that a field takes is typed into it.
  private static let texts = [
    "abc", "7", "9", "7s", "9m", "10Mi", "20Mi", "true", "false", "2024-05-21T10:00:00Z",
    "Exact", "RegularExpression", "HTTPRoute", "a.example.com", "{\"a\": 1}", "5xx", "reset",
  ]

  /// What an edit did to a file: its lines gone and come, from 1.
  private struct Effect: CustomStringConvertible {
    let removed: [DiffLine]
    let added: [DiffLine]
    let old: Parsed
    let new: Parsed
    let reprinted: Int

    /// Saves a form over its file; what is read back must be what the form holds.
    init(_ form: FormState, on opened: Opened, _ what: String) {
      let settled = form.settled
      let kept = settled.filter { $0.document != nil }.map(\.node)
      let added = settled.filter { $0.document == nil }.compactMap(\.node)
      let revision = opened.file.revised(kept, appending: added)
      new = Parser().parse(revision.bytes)
      let read = try? OpenedFile(path: "a.yaml", bytes: revision.bytes).documents
      old = Parser().parse(opened.file.bytes)
      reprinted = revision.reprinted.count
      #expect(read == kept.compactMap { $0 } + added, "\(opened.sample): \(what)")
      let lines = unifiedDiff(old: opened.file.bytes, new: revision.bytes, context: 0)
      removed = lines.filter { $0.kind == .removed }
      self.added = lines.filter { $0.kind == .added }
      guard reprinted > 0 else { return }
      // What falls back to printing anew is said before it is saved.
      var robot = Robot(opening: [opened.file], size: Size(rows: 40, columns: 120))
      robot.wizard.workspace.form = form
      #expect(robot.wizard.workspace.reprints.count == reprinted, "\(opened.sample): \(what)")
    }

    var description: String {
      (removed.map { "-\($0.text)" } + added.map { "+\($0.text)" }).joined(separator: "\n")
    }

    /// The lines that go and are no line of these; a last line without a newline may get one.
    func removed(beside lines: ClosedRange<Int>?) -> [DiffLine] {
      removed.filter { line in
        !(line.oldLine.map { lines?.contains($0) ?? false } ?? false)
          && !(line.lacksNewline && added.contains { $0.text == line.text })
      }
    }

    /// The lines that come and are no line of these.
    func added(beside lines: ClosedRange<Int>?) -> [DiffLine] {
      added.filter { line in
        !(line.newLine.map { lines?.contains($0) ?? false } ?? false)
          && !removed.contains { $0.lacksNewline && $0.text == line.text }
      }
    }
  }

  /// The lines of a node, key included; nil where there is none.
  private static func lines(of path: Path, in document: Parsed.Document) -> ClosedRange<Int>? {
    guard let span = document.map.span(of: path) else { return nil }
    let end = span.value.upperBound
    let last = end.column == 1 && end > span.start ? end.line - 1 : end.line
    return span.start.line...max(span.start.line, last)
  }

  /// The topmost part of a path that one document has and another has not.
  private static func top(_ path: Path, in node: Node, notIn other: Node) -> Path? {
    (1...max(1, path.count)).lazy.map { Path(Array(path.steps.prefix($0))) }
      .first { node[$0] != nil && other[$0] == nil }
  }

  @Test("a file opened and saved without an edit stays as it is to the byte", arguments: samples)
  func identity(sample: Corpus.Sample) throws {
    let opened = try Opened(sample)
    let nodes = opened.form.settled.filter { $0.document != nil }.map(\.node)
    #expect(opened.file.revised(nodes).bytes == sample.bytes)
    var robot = Robot(opening: [opened.file], size: Size(rows: 40, columns: 120))
    robot.press("<Esc>1<Tab><Tab><Esc>8<C-o>")
    #expect(opened.form.held.route == nil || robot.wizard.workspace.changedTargets.isEmpty)
  }

  @Test("each field, set to another value and unset, changes its own lines only")
  func fields() throws {
    var tried = 0
    var reprinted = 0
    for sample in Self.routes {
      let opened = try Opened(sample)
      for address in opened.addresses {
        guard let place = opened.form.held(address.object),
          let number = opened.form.opened[place].document
        else { continue }
        let documents = Parser().parse(opened.file.bytes).documents
        // The items of a list are documents of the form, not of the text.
        guard documents.map(\.root) == opened.file.documents else { continue }
        let before = documents[number]
        let texts = [opened.text(for: address, in: opened.form), ""].compactMap { $0 }
        for text in texts where !text.isEmpty || before.root[address.path] != nil {
          var changed = opened.form
          changed.type(text, at: address)
          guard changed.settled[place].node != before.root else { continue }
          let what = "\(address) = \(text)"
          let effect = Effect(changed, on: opened, what)
          tried += 1
          if effect.reprinted > 0 {
            reprinted += 1
            #expect(sample.isTangled, "\(sample): \(what)\n\(effect)")
            continue
          }
          check(effect, at: address.path, in: number, of: opened, what)
        }
      }
    }
    #expect(tried > 2000)
    // Behind aliases and merge keys, and where comments stand among braces.
    #expect(reprinted * 10 < tried, "\(reprinted) of \(tried) were printed anew")
  }

  /// Whether an edit of one field changed its lines only.
  private func check(
    _ effect: Effect, at path: Path, in number: Int, of opened: Opened, _ what: String
  ) {
    let before = effect.old.documents[number]
    let after = effect.new.documents[number]
    let comment = "\(opened.sample): \(what)\n\(effect)"
    if before.root[path] != nil, after.root[path] != nil {
      #expect(effect.removed(beside: Self.lines(of: path, in: before)).isEmpty, "\(comment)")
      #expect(effect.added(beside: Self.lines(of: path, in: after)).isEmpty, "\(comment)")
    } else if let top = Self.top(path, in: after.root, notIn: before.root) {
      #expect(effect.added(beside: Self.lines(of: top, in: after)).isEmpty, "\(comment)")
      let parent = Self.lines(of: top.parent, in: before)
      let sharesLine = effect.added.count == effect.removed.count
      let isEmpty = before.root[top.parent]?.isEmpty ?? false
      let others = effect.removed(beside: sharesLine || isEmpty ? parent : nil)
      #expect(others.isEmpty && effect.removed.count <= 1, "\(comment)")
    } else if let top = Self.top(path, in: before.root, notIn: after.root) {
      let own = Self.lines(of: top, in: before)
      let parent = Self.lines(of: top.parent, in: before)
      // Its own comments go along; what follows on the line of a dash moves up to it.
      let others = effect.removed(beside: own).filter { line in
        let text = line.text.drop { $0 == " " || $0 == "\u{feff}" }
        return !text.isEmpty && text != "\r" && !text.hasPrefix("#")
      }
      #expect(others.count <= 1, "\(comment)")
      #expect(others.allSatisfy { !effect.removed(beside: parent).contains($0) }, "\(comment)")
      #expect(effect.added.count <= others.count + 1, "\(comment)")
    } else {
      Issue.record("nothing changed: \(comment)")
    }
  }

  @Test("a field cleared and typed again as it was is no edit", arguments: routes)
  func retyped(sample: Corpus.Sample) throws {
    let opened = try Opened(sample)
    for address in opened.addresses {
      guard let old = opened.form.value(at: address), old.scalar != nil else { continue }
      var form = opened.form
      let text = form.text(at: address)
      guard !text.isEmpty else { continue }
      form.type("", at: address)
      for end in text.indices { form.type(String(text[...end]), at: address) }
      guard form.value(at: address) == old else { continue }
      #expect(!form.differs(from: opened.form), "\(address)")
      #expect(form.settled.map(\.node) == opened.form.settled.map(\.node), "\(address)")
    }
  }

  @Test("an edit in an item of a list changes its own line, and a new object follows the list")
  func list() throws {
    let sample = try #require(Self.routes.first { $0.name == "routes in a list" })
    let opened = try Opened(sample)
    #expect(opened.form.held.retry == 1)
    var form = opened.form
    let weight = try #require(Address("route.spec.rules[0].backendRefs[0].weight"))
    form.type("8", at: weight)
    form.type("4", at: try #require(Address("retry.spec.retry.numRetries")))
    let edited = Effect(form, on: opened, "two weights")
    #expect(
      edited.removed.map(\.text) == ["        weight: 70", "      numRetries: 3   # enough"])
    #expect(edited.added.map(\.text) == ["        weight: 8", "      numRetries: 4   # enough"])
    _ = form.perform(.writePolicy(true))
    let added = Effect(form, on: opened, "a policy")
    #expect(added.removed.count == 2 && added.new.documents.count == 2)
    _ = form.perform(.writeRetry(false))
    let removed = Effect(form, on: opened, "no retry")
    #expect(removed.new.documents.first?.root["items"]?.items.count == 1)
  }

  @Test("rows added, removed and moved leave the others' lines alone", arguments: routes)
  func rows(sample: Corpus.Sample) throws {
    let opened = try Opened(sample)
    let form = opened.form
    for list in [FormState.ruleList, FormState.parentList, FormState.backendRefs(0)] {
      let count = form.value(at: list)?.items.count ?? 0
      for index in 0...count {
        func effect(_ operation: RouteForm.FormEdit) -> Effect {
          var changed = form
          _ = changed.perform(operation)
          let effect = Effect(changed, on: opened, "\(operation)")
          #expect(effect.reprinted == 0 || sample.isTangled, "\(operation)")
          return effect
        }
        let insert = effect(.insert(.map(["name": .string("new")]), into: list, at: index))
        #expect(sample.isTangled || insert.added.count <= 2, "\(list) \(index): \(insert)")
        guard index < count else { continue }
        let remove = effect(.remove(from: list, at: index))
        #expect(sample.isTangled || remove.added.count <= 1, "\(list) \(index): \(remove)")
        _ = effect(.duplicate(in: list, at: index))
        guard index + 1 < count else { continue }
        _ = effect(.move(in: list, from: index, to: index + 1))
      }
    }
  }

  @Test("any edits in a row are saved as the form has them", arguments: 0..<40 as Range<UInt64>)
  func many(seed: UInt64) throws {
    var random = Seeded(seed)
    let opened = try Opened(try #require(Self.routes.randomElement(using: &random)))
    var form = opened.form
    for _ in 0..<12 {
      var robot = Robot(opening: [opened.file], size: Size(rows: 40, columns: 120))
      robot.wizard.workspace.form = form
      robot.press("<Esc>")
      guard let address = robot.wizard.context.destinations("").randomElement(using: &random) else {
        break
      }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: form.type("", at: address)
      case 1: _ = form.perform(.duplicate(in: FormState.backendRefs(0), at: 0))
      case 2: _ = form.perform(.remove(from: FormState.ruleList, at: 1))
      case 3: _ = form.perform(.writePolicy(Bool.random(using: &random)))
      case 4: _ = form.perform(.writeRetry(Bool.random(using: &random)))
      default: form.type(opened.text(for: address, in: form) ?? "x", at: address)
      }
    }
    _ = Effect(form, on: opened, "seed \(seed)")
  }
}

extension Node {
  /// Whether nothing stands below it.
  fileprivate var isEmpty: Bool {
    switch self {
    case .scalar: true
    case .sequence(let items): items.isEmpty
    case .mapping(let mapping): mapping.isEmpty
    }
  }
}
