import RouteForm
import Screen
import Testing
import YAML

@testable import Wizard

/// What a session without a screen asks of the wizard.
@Suite("requests of linear mode")
struct LinearRequestTests {
  private static let orders: [LinearRequest] = [
    .edit(.fill(FormState.matches(0), "a b\nc")), .undo, .redo, .fix(FormState.backendRefs(1)),
    .compare, .save, .saveAs("a b/c.yaml"), .choose(2), .close,
  ]

  @Test("an order reads back from its line", arguments: orders)
  func roundTrip(order: LinearRequest) { #expect(LinearRequest(line: order.line) == order) }

  @Test("a record with orders gives the same session again")
  func replay() throws {
    let start = Wizard.Start(
      form: Recipe.weightedSplit.form, asks: false, output: Output(path: nil),
      size: Size(rows: 24, columns: 80))
    var wizard = Wizard(start)
    var record = SessionJournal(start, program: "1")
    let name = Address.route(.key("metadata"), .key("name"))
    let backends = FormState.backendRefs(0)
    let events: [Event] = [
      .ordered(.edit(.fill(name, "chat"))),
      .ordered(.edit(.insert(.map([:]), into: backends, at: 2))),
      .ordered(.edit(.fill(backends.appending(2).appending("name"), "third"))), .ordered(.undo),
      .ordered(.redo), .ordered(.edit(.usePool(rule: 0, keeping: false))), .ordered(.undo),
      .ordered(.edit(.writeRetry(true))), .ordered(.edit(.fill(name, "My_Route"))),
      .ordered(.fix(name)),
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

  @Test("an order opens no panel but what saving asks")
  func panels() {
    let start = Wizard.Start(
      form: Recipe.singleModel.form, asks: false, output: Output(path: "r.yaml"),
      size: Size(rows: 24, columns: 80))
    var wizard = Wizard(start)
    _ = wizard.handle(.ordered(.edit(.usePool(rule: 0, keeping: true))))
    #expect(wizard.openDialog == nil)
    #expect(wizard.handle(.ordered(.save)) == [.read(["r.yaml"], .save)])
    _ = wizard.handle(.read([FileContent(path: "r.yaml", content: .absent)], .save))
    #expect(wizard.openDialog?.choices.isEmpty == false)
    _ = wizard.handle(.ordered(.close))
    #expect(wizard.openDialog == nil)
  }
}
