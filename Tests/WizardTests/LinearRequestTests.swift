import RouteForm
import Screen
import Testing
import YAML

@testable import Wizard

/// What a session without a screen asks of the wizard.
@Suite("requests of linear mode")
struct LinearRequestTests {
  private static let requests: [LinearRequest] = [
    .edit(.fill(FormState.matches(0), "a b\nc")), .undo, .redo, .fix(FormState.backendRefs(1)),
    .compare, .save, .saveAs("a b/c.yaml"), .choose(2), .close,
  ]

  @Test("a request reads back from its line", arguments: requests)
  func roundTrip(request: LinearRequest) { #expect(LinearRequest(line: request.line) == request) }

  @Test("a record with requests gives the same session again")
  func replay() throws {
    let start = Wizard.Start(
      form: Recipe.weightedSplit.form, asks: false, output: Output(path: nil),
      size: Size(rows: 24, columns: 80))
    var wizard = Wizard(start)
    var record = SessionJournal(start, program: "1")
    let name = Address.route(.key("metadata"), .key("name"))
    let backends = FormState.backendRefs(0)
    let events: [Event] = [
      .requested(.edit(.fill(name, "chat"))),
      .requested(.edit(.insert(.map([:]), into: backends, at: 2))),
      .requested(.edit(.fill(backends.appending(2).appending("name"), "third"))), .requested(.undo),
      .requested(.redo), .requested(.edit(.usePool(rule: 0, keeping: false))), .requested(.undo),
      .requested(.edit(.writeRetry(true))), .requested(.edit(.fill(name, "My_Route"))),
      .requested(.fix(name)),
    ]
    for event in events {
      record.note(event)
      _ = wizard.handle(event)
    }
    let recovery = try Recovery(record.head(in: "/") + record.events)
    #expect(recovery.brokenLine == nil)
    #expect(recovery.wizard.workspace.form == wizard.workspace.form)
    #expect(wizard.workspace.form.routeName == "my-route" && wizard.workspace.form.writesRetry)
    #expect(wizard.workspace.form.value(at: backends)?.items.count == 3)
  }

  @Test("a request opens no panel but what saving asks")
  func panels() {
    let start = Wizard.Start(
      form: Recipe.singleModel.form, asks: false, output: Output(path: "r.yaml"),
      size: Size(rows: 24, columns: 80))
    var wizard = Wizard(start)
    _ = wizard.handle(.requested(.edit(.usePool(rule: 0, keeping: true))))
    #expect(wizard.openDialog == nil)
    #expect(wizard.handle(.requested(.save)) == [.read(["r.yaml"], .save)])
    _ = wizard.handle(.read([FileContent(path: "r.yaml", content: .absent)], .save))
    #expect(wizard.openDialog?.choices.isEmpty == false)
    _ = wizard.handle(.requested(.close))
    #expect(wizard.openDialog == nil)
  }
}
