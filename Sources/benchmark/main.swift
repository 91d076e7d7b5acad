// The benchmark: what a keystroke costs, inside the program and on the wire.
//
//   swift run -c release benchmark           all of it
//   swift run -c release benchmark opening   only what opened files cost
//
// Every figure is a median; ratios are to the small route at the same size of the screen, so that
// they mean the same on every machine.

import Glibc
import YAML
import RouteForm
import Screen
import Wizard

struct Scenario {
  let rules: Int
  let backends: Int
  let size: Size
  var name: String { "\(rules) x \(backends), \(size.columns)x\(size.rows)" }
}

struct Figures {
  var keyToFrame: Double
  var rulePrinted: Double
  var wholePrinted: Double
  var derived: Double
}

let cases = [Size(rows: 24, columns: 80), Size(rows: 60, columns: 200)].flatMap { size in
  [Scenario(rules: 3, backends: 10, size: size), Scenario(rules: 15, backends: 128, size: size)]
}

func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
}

/// The median time of an action, in microseconds.
func median(of count: Int, _ action: (Int) -> Void) -> Double {
  var times: [Int] = []
  for turn in 0..<count {
    let start = now()
    action(turn)
    times.append(now() - start)
  }
  return Double(times.sorted()[times.count / 2]) / 1000
}

func form(of wanted: Scenario) -> FormState {
  var form = Recipe.blank.form
  let rules = (0..<wanted.rules).map { rule -> Node in
    let refs = (0..<wanted.backends).map { ref -> Node in
      .map([
        "name": .string("backend-\(rule)-\(ref)-us-east-\(ref % 4)"),
        "modelNameOverride": .string("provider/model-\(rule)-\(ref)"),
        "weight": .integer(ref % 100 + 1),
      ])
    }
    return .map([
      "matches": .sequence([Template.match(model: "model-\(rule)-large")]),
      "timeouts": .map(["request": .string("120s")]), "backendRefs": .sequence(refs),
    ])
  }
  form.set(.string("big-route"), at: Address.route(.key("metadata"), .key("name")))
  form.set(.string("gw"), at: FormState.parentList.appending(0).appending("name"))
  form.set(.sequence(rules), at: FormState.ruleList)
  return form
}

func measure(_ wanted: Scenario) -> Figures {
  let form = form(of: wanted)
  var wizard = Wizard(
    Wizard.Start(form: form, asks: false, output: Output(path: "x.yaml"), size: wanted.size))
  let field =
    "route.spec.rules[\(wanted.rules / 2)].backendRefs[\(wanted.backends / 2)].modelNameOverride"
  for key in [Key.control("t"), .text(field), .enter] { _ = wizard.handle(.input(.key(key))) }
  _ = wizard.frame()
  let keyToFrame = median(of: 1000) { turn in
    _ = wizard.handle(.input(.key(turn % 2 == 0 ? .text("x") : .backspace)))
    _ = wizard.frame()
  }
  if CommandLine.arguments.count > 1 {
    return Figures(keyToFrame: keyToFrame, rulePrinted: 0, wholePrinted: 0, derived: 0)
  }
  var printer = Printer()
  var analysis = Analysis()
  var edited = form
  let address = Address(field)
  _ = printer.print(form.documents)
  let rulePrinted = median(of: 300) { turn in
    if let address { edited.set(.string("m\(turn)"), at: address) }
    _ = printer.print(edited.documents)
  }
  let wholePrinted = median(of: 50) { _ in
    var fresh = Printer()
    _ = fresh.print(form.documents).bytes
  }
  analysis.follow(form)
  let derived = median(of: 300) { turn in
    if let address { edited.set(.string("n\(turn)"), at: address) }
    analysis.follow(edited)
  }
  return Figures(
    keyToFrame: keyToFrame, rulePrinted: rulePrinted, wholePrinted: wholePrinted, derived: derived)
}

func fixed(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let text = "\(tenths / 10).\(tenths % 10)"
  return String(repeating: " ", count: max(0, 9 - text.utf8.count)) + text
}

func row(_ name: String, _ cells: [String]) {
  print(name + String(repeating: " ", count: max(1, 22 - name.utf8.count)) + cells.joined())
}

if CommandLine.arguments.dropFirst().first == "opening" {
  Opening.report()
  exit(0)
}
if CommandLine.arguments.count > 1 {
  // `benchmark N`: types 20000 keys into scenario N (from 0), for a profiler.
  guard let number = Int(CommandLine.arguments[1]), cases.indices.contains(number) else {
    let message = "benchmark: write opening, or a scenario from 0 to \(cases.count - 1)\n"
    _ = write(STDERR_FILENO, message, message.utf8.count)
    exit(2)
  }
  for _ in 0..<20 { _ = measure(cases[number]) }
  exit(0)
}
let titles = ["key>frame", "rule out", "whole out", "derived", "bytes/key"]
row("microseconds", titles.map { String(repeating: " ", count: 11 - $0.utf8.count) + $0 })
var small: [Int: Figures] = [:]
for wanted in cases {
  let figures = measure(wanted)
  let bytes = Wire.bytesPerKey(form: form(of: wanted), size: wanted.size)
  let cells = [figures.keyToFrame, figures.rulePrinted, figures.wholePrinted, figures.derived]
  row(wanted.name, (cells + [bytes]).map { "  \(fixed($0))" })
  if let base = small[wanted.size.rows] {
    let ratios = [
      figures.keyToFrame / base.keyToFrame, figures.rulePrinted / base.rulePrinted,
      figures.wholePrinted / base.wholePrinted, figures.derived / base.derived,
    ]
    row("  ratio to 3 x 10", ratios.map { "  \(fixed($0))" })
  }
  small[wanted.size.rows] = small[wanted.size.rows] ?? figures
}

let simulated = Simulating.measured()
row("", ["prepared", "request"].map { String(repeating: " ", count: 11 - $0.utf8.count) + $0 })
row("200 routes x 15", [simulated.prepared, simulated.request].map { "  \(fixed($0))" })
Opening.report()
Checking.report()
