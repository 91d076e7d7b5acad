import RouteForm
import Schemas
import Screen
import Testing
import YAML

@testable import Linear
@testable import Wizard

/// What is answered in lines is written as what is typed on the screen, byte for byte.
@Suite("in lines and on the screen")
struct LinearBytesTests {
  /// What is done of a form, on either side.
  enum Interaction: Sendable {
    case value(String, String)
    case toggle(Step, String)
  }

  private static let rule = "route.spec.rules[0]"
  private static let backends = "route.spec.rules[0].backendRefs"
  private static let names: [Interaction] = [
    .value("route.metadata.name", "r"), .value("route.spec.parentRefs[0].name", "gw"),
  ]

  private static func needed(_ recipe: Recipe) -> [Interaction] {
    switch recipe {
    case .blank: route(model: "gpt-4o", backend: "openai")
    case .openAIAzureFailover:
      [
        .value("provider[1].resource", "my-resource"),
        .value("provider[1].api-version", "2025-01-01-preview"),
      ]
    case .bedrock: [.value("provider[0].region", "us-east-1")]
    case .selfHostedVLLM: [.value("provider[0].service", "vllm")]
    case .singleModel, .weightedSplit, .failoverPair, .tenantHeader, .catchAll, .inferencePool,
      .openAI, .anthropicAndOpenAI:
      []
    }
  }

  private static func route(model: String, backend: String) -> [Interaction] {
    [
      .value("\(rule).matches[0].headers[0].value", model), .value("\(backends)[0].name", backend),
    ]
  }

  @Test("each recipe is the same", arguments: Recipe.allCases)
  func recipes(_ recipe: Recipe) throws {
    try Self.compare(recipe, Self.needed(recipe))
  }

  @Test("each worked example is the same", arguments: 0..<7)
  func examples(_ number: Int) throws {
    let examples: [[Interaction]] = [
      Self.route(model: "gpt-4o-mini", backend: "openai-backend"),
      Self.route(model: "gpt-4o", backend: "openai-backend") + [
        .value("\(Self.backends)[0].weight", "80"),
        .value("\(Self.backends)[1].name", "azure-openai-backend"),
        .value("\(Self.backends)[1].weight", "20"),
      ],
      Self.route(model: "gpt-4o", backend: "primary-openai") + [
        .value("\(Self.backends)[0].priority", "0"),
        .value("\(Self.backends)[1].name", "fallback-openai"),
        .value("\(Self.backends)[1].priority", "1"),
        .toggle(.splits, "Write BackendTrafficPolicy for failover"),
      ],
      Self.route(model: "gpt-4o", backend: "openai-backend")
        + [.value("\(Self.rule).timeouts.request", "300s")],
      Self.route(model: "gpt-4o", backend: "azure-openai-backend")
        + [.value("\(Self.backends)[0].modelNameOverride", "gpt-4o-eu")],
      [
        .value("\(Self.rule).matches[0].headers[0].value", "llama"),
        .toggle(.pool, "Send this rule to an InferencePool"),
        .value("\(Self.backends)[0].name", "my-inference-pool"),
      ],
      Self.route(model: "gpt-4o", backend: "openai-backend") + [
        .value("\(Self.backends)[0].namespace", "shared"),
        .toggle(.splits, "Write 2 ReferenceGrants for shared"),
        .toggle(.buffer, "Write ClientTrafficPolicy"),
      ],
    ]
    try Self.compare(.blank, examples[number])
  }

  @Test("every field of the objects that the form writes can be asked for")
  func everyField() throws {
    var form = Recipe.openAIAzureFailover.form
    for interaction in Self.names {
      guard case .value(let path, let text) = interaction, let address = Address(path) else {
        continue
      }
      form.type(text, at: address)
    }
    var visitor = Visitor(form)
    for step in Step.allCases where step != .review {
      visitor.visit(ConversationPosition(step: step, rule: 0))
    }
    let objects: [ObjectName] = [.route, .policy, .retry, .gateway, .part(.service, 0)]
    for object in objects {
      for (path, _) in object.resource.everything where path.steps.first == .key("spec") {
        let address = Address(object, path)
        guard !ObjectCard.exists(at: address), form.shows(address) else { continue }
        #expect(visitor.asked.contains(address), "\(address)")
      }
    }
  }

  private static func compare(_ recipe: Recipe, _ interactions: [Interaction]) throws {
    let onScreen = Self.typed(recipe, names + interactions)
    let inLines = try Self.answered(recipe, names + interactions)
    #expect(onScreen.map(\.path) == ["r.yaml"] && inLines.map(\.path) == ["r.yaml"])
    #expect(
      onScreen.map(\.bytes) == inLines.map(\.bytes),
      "\(inLines.map { String(decoding: $0.bytes, as: UTF8.self) })")
  }

  /// What the screen writes.
  private static func typed(_ recipe: Recipe, _ interactions: [Interaction]) -> [FileToWrite] {
    var robot = Robot(recipe)
    for interaction in interactions {
      switch interaction {
      case .value(let path, let text):
        robot.go(path)
        robot.press("<C-u>\(text)<Tab>")
      case .toggle(let step, let title):
        robot.press("<Esc>\(step.rawValue)")
        for _ in 0..<60 where !robot.isOn(button: title) { robot.press("<Tab>") }
        robot.press("<Space>")
        if !robot.wizard.panels.isEmpty { robot.choose("Switch, drop") }
      }
    }
    robot.press("<C-o>")
    robot.answer(.absent)
    robot.press("<Enter>")
    guard case .write(let files)? = robot.effects.last else {
      Issue.record("nothing was written\n\(robot.screen)")
      return []
    }
    return files
  }

  /// What the same answers in lines write.
  private static func answered(_ recipe: Recipe, _ interactions: [Interaction]) throws
    -> [FileToWrite]
  {
    var listener = Listener(recipe)
    for _ in 0..<400 where listener.ending == nil {
      guard let question = listener.question else { continue }
      listener.answer(answer(question, interactions))
    }
    #expect(listener.ending == .done, "\(listener.said.suffix(20))")
    return listener.written
  }

  private static func answer(_ question: Question, _ interactions: [Interaction]) -> String {
    for interaction in interactions {
      switch (interaction, question.kind) {
      case (.value(let path, let text), .text(let address)),
        (.value(let path, let text), .choice(let address, _)):
        if path == "\(address)" { return text }
      case (.value(let path, _), .addition(.insert(_, let list, let index))):
        if path.hasPrefix("\(list.appending(index)).") { return "yes" }
      case (.toggle(_, let title), .toggle(let isOn, _)):
        if title == question.label { return isOn ? "no" : "yes" }
      case (.value, _), (.toggle, _): break
      }
    }
    return ""
  }
}

/// Goes every way that is offered, with a row in every list and a key in every mapping.
private struct Visitor {
  private var workspace: Workspace
  private var cards: Set<Address> = []
  private(set) var asked: Set<Address> = []

  init(_ form: FormState) { workspace = Workspace(form, files: [], output: Output(path: nil)) }

  mutating func visit(_ position: ConversationPosition) {
    var made: Set<Question.Key> = []
    while true {
      let questions = workspace.questions(at: position)
      asked.formUnion(questions.compactMap(\.address))
      guard let next = questions.first(where: { !made.contains($0.key) && isOpen($0) }) else {
        return
      }
      made.insert(next.key)
      switch next.kind {
      case .addition(let edit): _ = workspace.form.perform(edit)
      case .entry(let map): workspace.form.type("", at: map.appending("any"))
      case .ways(let ways):
        for card in ways.compactMap(\.card) where cards.insert(card).inserted {
          visit(
            ConversationPosition(
              step: position.step, rule: position.rule, cards: position.cards + [card]))
        }
      case .text, .choice, .toggle, .provider, .route, .firstError, .write: break
      }
    }
  }

  /// Whether there is more behind a question: a list without rows, a mapping without keys, or cards.
  private func isOpen(_ question: Question) -> Bool {
    switch question.key {
    case .addition(_, let count): count == 0
    case .entry(let map): workspace.form.value(at: map.appending("any")) == nil
    case .ways: true
    case .field, .toggle, .provider, .route, .firstError, .write: false
    }
  }
}

/// A user who is asked in lines: hears, answers, and has every file written as if none was there.
private struct Listener {
  private var wizard: Wizard
  private var conversation = Conversation(atReview: false)
  private(set) var said: [String] = []
  private(set) var written: [FileToWrite] = []
  private(set) var ending: Conversation.Ending?

  init(_ recipe: Recipe) {
    wizard = Wizard(
      Wizard.Start(
        form: recipe.form, asks: false, output: Output(path: nil),
        size: Size(rows: 24, columns: 80)))
  }

  /// The next question; nil where something else came first.
  var question: Question? {
    mutating get {
      _ = wizard.settle()
      let (turn, prompt) = conversation.next(wizard)
      take(turn)
      guard turn.requests.isEmpty, turn.ending == nil else { return nil }
      said.append(prompt)
      return conversation.question(wizard.workspace)
    }
  }

  mutating func answer(_ line: String) { take(conversation.answer(line, wizard)) }

  private mutating func take(_ turn: Conversation.Turn) {
    said += turn.lines
    for request in turn.requests { handle(.requested(request)) }
    ending = turn.ending ?? ending
  }

  private mutating func handle(_ event: Event) {
    for effect in wizard.handle(event) {
      if case .read(let paths, let purpose) = effect {
        handle(.read(paths.map { FileContent(path: $0, content: .absent) }, purpose))
      } else if case .write(let files) = effect {
        written = files
        handle(
          .wrote(files.map { WriteResult(path: $0.path, bytes: $0.bytes, failure: nil) }))
      }
    }
  }
}
