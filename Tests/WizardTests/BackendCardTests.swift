import Foundation
import Lint
import RouteForm
import Screen
import Testing
import YAML

@testable import Wizard

@Suite("the card of a backend")
struct BackendCardTests {
  /// A route to one backend, on step 4 at its name.
  private static func robot(named name: String = "foo") -> Robot {
    var robot = Robot(.singleModel)
    robot.go("route.metadata.name")
    robot.press("chat")
    robot.go("route.spec.parentRefs[0].name")
    robot.press("gw")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("<C-u>\(name)")
    return robot
  }

  private static func place(_ robot: Robot) -> String {
    if case .field(let address) = robot.wizard.navigation.focus { "\(address)" } else { "" }
  }

  @Test("opens at what is missing, else at the provider, which a name speaks of")
  func entered() {
    for (name, preset, place) in [
      ("foo", "", "provider[0].preset"), ("my-openai", "openai", "provider[0].preset"),
      ("bedrock", "aws-bedrock", "provider[0].region"),
      ("azure-4o", "azure-openai", "provider[0].resource"), ("vllm", "vllm", "provider[0].service"),
    ] {
      var robot = Self.robot(named: name)
      robot.press("<M-b>")
      #expect(robot.text("provider[0].preset") == preset, "\(name)")
      #expect(Self.place(robot) == place, "\(name)")
      #expect(robot.screen.contains("Backend \(name)"))
    }
  }

  @Test("closing leads back to the row that it was opened from")
  func closed() {
    var robot = Self.robot(named: "one")
    robot.press("<Esc>4")
    robot.go("route.spec.rules[0].backendRefs[1].name")
    robot.press("two")
    let row = Self.place(robot)
    #expect(row == "route.spec.rules[0].backendRefs[1].name")
    robot.press("<Esc>b<Esc>")
    #expect(robot.wizard.navigation.cards.isEmpty)
    #expect(Self.place(robot) == row)
  }

  @Test("lists the providers, which what is typed filters, with what each is")
  func listed() {
    var robot = Self.robot()
    robot.press("<M-b><M-o>verte")
    #expect(robot.screen.contains(">gcp-vertex        Gemini on Google Vertex AI"))
    robot.press("<Enter>")
    #expect(robot.text("provider[0].preset") == "gcp-vertex")
    robot.press("<M-o>openai<Enter>")
    #expect(robot.text("provider[0].preset") == "openai", "an exact beginning comes first")
    robot.press("<M-o>zzz")
    #expect(robot.screen.contains("nothing fits"))
    robot.press("<Enter><Esc>")
    #expect(robot.text("provider[0].preset") == "openai" && !robot.wizard.navigation.cards.isEmpty)
  }

  @Test("shows in the YAML what the focused setting writes")
  func linked() {
    var robot = Self.robot()
    robot.press("<M-b><M-o>aws-bedrock<Enter>")
    for (setting, text, line) in [
      ("region", "eu-west-1", "hostname: bedrock-runtime.eu-west-1.amazonaws.com"),
      ("secret", "mine", "name: mine"), ("name", "claude", "name: claude"),
    ] {
      robot.go("provider[0].\(setting)")
      robot.press("<C-u>\(text)")
      robot.wizard.followPreview()
      let lines = robot.wizard.context.focusedLines.map { lines in
        lines.map {
          String(decoding: robot.wizard.workspace.analysis.printedText.line($0), as: UTF8.self)
        }
      }
      #expect(lines?.first?.contains(line) == true, "\(setting): \(lines ?? [])")
    }
    robot.go("provider[0].credentials")
    let words = robot.wizard.context.explanation.map(\.text)
    #expect(words.first == "How the gateway authenticates: a key from a Secret. Alt-o lists all 4.")
    #expect(words.contains("Written as: BackendSecurityPolicy spec.type"))
    #expect(words.contains("Its value follows from the preset aws-bedrock."))
  }

  @Test("a fault of what is written is told once, at its setting")
  func fault() {
    var robot = Self.robot()
    robot.press("<M-b><M-o>aws-bedrock<Enter>")
    robot.go("provider[0].region")
    robot.press("My Region")
    _ = robot.screen
    let errors = robot.wizard.workspace.analysis.problems.filter { $0.severity == .error }
    #expect(errors.map { "\($0.address)" } == ["provider[0].region"])
    robot.press("<C-u>eu-west-1")
    _ = robot.screen
    #expect(robot.wizard.workspace.analysis.problems.filter { $0.severity == .error }.isEmpty)
  }

  @Test("credentials that another provider does not take are not kept, others are")
  func foreignCredentials() {
    var robot = Self.robot(named: "bedrock")
    robot.press("<M-b><M-o>aws-bedrock<Enter>")
    robot.go("provider[0].credentials")
    robot.press("<Right><Right><Right>")
    #expect(robot.text("provider[0].credentials") == "irsa")
    robot.go("provider[0].preset")
    robot.press("<M-o>aws-anthropic<Enter>")
    #expect(robot.text("provider[0].credentials") == "irsa")
    robot.press("<M-o>custom<Enter>")
    #expect(robot.text("provider[0].credentials") == "")
    #expect(robot.screen.contains("Credentials  (key "))
    robot.press("<C-_>")
    #expect(robot.text("provider[0].credentials") == "irsa")
  }

  @Test("a pool is described at its name, and written once its preset is custom")
  func pool() {
    var robot = Robot(.inferencePool)
    robot.go("route.spec.rules[0].backendRefs[0].name")
    #expect(robot.wizard.navigation.step == .pool)
    robot.press("<M-b>")
    #expect(robot.screen.contains("Backend my-inference-pool"))
    robot.press("<M-o>llm-d<Enter><Esc>")
    #expect(robot.screen.contains("[ ] Write the InferencePool"))
    #expect(!robot.yaml.contains("kind: InferencePool\nmetadata"))
    robot.press("<Down><Down><Down><Space>")
    #expect(robot.screen.contains("[x] Write the InferencePool"))
    #expect(robot.yaml.contains("kind: InferencePool\nmetadata"))
    robot.press("<Space>")
    #expect(robot.form.providers.isEmpty)
  }

  @Test("leaving after a save tells the Secrets to make before what is applied")
  func commands() {
    var robot = Self.robot(named: "my-openai")
    robot.press("<M-b><C-o>")
    robot.answer(.absent)
    robot.press("<Enter>")
    robot.succeed()
    robot.press("<C-x>")
    guard case .quit(let leaving)? = robot.takeEffects().last else {
      Issue.record("not left")
      return
    }
    #expect(
      leaving.lines.prefix(3) == [
        "wrote chat.yaml",
        "kubectl create secret generic my-openai-apikey -n default "
          + "--from-literal=apiKey=\"$OPENAI_API_KEY\"",
        "kubectl apply -f chat.yaml",
      ])
  }

  @Test("is left by Esc and comes back, and undo takes the description away")
  func left() {
    var robot = Self.robot(named: "my-openai")
    let before = robot.yaml
    robot.press("<M-b>")
    #expect(robot.yaml.contains("kind: BackendSecurityPolicy"))
    robot.press("<Esc>")
    #expect(robot.screen.contains("Described: my-openai (openai)."))
    robot.press("<M-b>")
    #expect(robot.form.providers.count == 1)
    robot.press("<Esc><C-_>")
    _ = robot.screen
    #expect(robot.yaml == before && robot.form.providers.isEmpty)
  }

  @Test(
    "a whole recipe is a working set in fewer than twenty keys besides names",
    arguments: [
      (Recipe.openAI, "9", ""), (.openAIAzureFailover, "10", "<Down><M-b>|acme|<Enter>|2025-01-01"),
      (.anthropicAndOpenAI, "11", ""), (.bedrock, "12", "<M-b>|eu-west-1"),
      (.selfHostedVLLM, "13", "<M-b>|vllm"),
    ])
  func recipe(_ recipe: Recipe, _ line: String, _ answers: String) throws {
    var robot = Robot()
    robot.wizard = Wizard(
      Wizard.Start(
        form: Recipe.blank.form, asks: true, output: Output(path: nil),
        size: Size(rows: 24, columns: 80)))
    var keys = 0
    // Keys and names by turns.
    let script = "\(line)<M-2>|chat|<Enter><Enter><Enter>|gw|<M-4>\(answers)|<C-o>"
    for (index, part) in script.split(separator: "|").enumerated() {
      robot.press(String(part))
      let isName = !part.contains("<") && index > 0
      if !isName { keys += part.count { $0 == "<" } + part.prefix { $0 != "<" }.count }
    }
    robot.answer(.absent)
    robot.press("<Enter>")
    keys += 1
    #expect(keys < 20)
    guard case .write(let files)? = robot.takeEffects().last, let file = files.first else {
      Issue.record("nothing was saved:\n\(robot.screen)")
      return
    }
    #expect(String(decoding: file.bytes, as: UTF8.self) == robot.yaml)
    #expect(robot.wizard.workspace.analysis.problems.isEmpty)
    for kind in ["GatewayClass", "Gateway", "Backend", "AIServiceBackend", "AIGatewayRoute"] {
      #expect(robot.yaml.contains("kind: \(kind)\n"), "\(kind)")
    }
    #expect(!robot.yaml.contains("kind: Secret"), "Secrets are never written")
  }
}
