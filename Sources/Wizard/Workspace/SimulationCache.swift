import YAML
import Lint
import Resources
import RouteForm
import Simulation

/// What the gateway would do with the documents: worked out once it is looked at, and again only
/// when they, or the question, became others.
package struct SimulationCache: Sendable {
  fileprivate var simulator: Simulator?
  /// What stops the controller, a sentence each.
  fileprivate var stops: [ControllerStop]?
  fileprivate var asked: (request: Request, down: Set<String>)?
  /// The answer to what was asked last, and how many there were before it.
  fileprivate(set) var answer: Answer?
  fileprivate(set) var answers = 0

  /// The answer that was last shown beside the form, and which of all answers it is.
  fileprivate(set) var displayedAnswer: (answer: Answer, number: Int)?

  /// Whether nothing was worked out of the documents as they are.
  var isIdle: Bool { simulator == nil && answer == nil }

  /// The generated objects as they were last shown.
  fileprivate(set) var generated: GeneratedText?
  /// The chart of a step as it was last shown.
  var chart: (subject: Chart.Subject, chart: Chart?, isStale: Bool)?
  /// Whether the route became another since.
  fileprivate var isStale = false
  fileprivate var printer = Printer()
  /// What became of the cases; nil until they are run.
  var cases: [Cases.Result]? { didSet { if let cases { shownCases = cases } } }
  /// What became of them when they were last run.
  private(set) var shownCases: [Cases.Result] = []

  /// Forgets what was worked out of documents that became others.
  mutating func forget() {
    isStale = true
    chart?.isStale = true
    simulator = nil
    stops = nil
    forgetAnswer()
    forgetCases()
  }

  mutating func forgetCases() { cases = nil }

  fileprivate mutating func forgetAnswer() {
    asked = nil
    answer = nil
  }
}

extension Analysis {
  /// Every known document: those of the cluster, those that the form does not show, then those of
  /// the form.
  func everything(in form: FormState) -> [Node] {
    completed(form.keptPlaces.compactMap { form.opened[$0].node } + documents).all
  }

  /// The known routes and policies, made ready for requests.
  mutating func simulator(of form: FormState) -> Simulator {
    if let simulator = simulations.simulator { return simulator }
    // Among a cluster's Gateways that of the form is meant.
    let gateway = cluster.flatMap {
      AIGatewayRoute(form.route.placed(in: $0.namespace)).attachment.gateways.first
    }
    let simulator = Simulator(index: index(of: everything(in: form)), gateway: gateway)
    simulations.simulator = simulator
    return simulator
  }

  /// What becomes of a request.
  @discardableResult
  mutating func answer(
    to request: Request, down: Set<String>, in form: FormState
  ) -> Answer {
    if let asked = simulations.asked, asked.request == request, asked.down == down,
      let answer = simulations.answer
    {
      return answer
    }
    var answer = simulator(of: form).answer(to: request, down: down)
    let stops = simulations.stops ?? stops(in: form)
    simulations.stops = stops
    // Of the route that answers there is a reservation.
    answer.warnings += stops.filter { $0.route != answer.route }.map(\.message)
    simulations.forgetAnswer()
    simulations.asked = (request, down)
    simulations.answer = answer
    simulations.answers += 1
    return answer
  }

  /// Whether the answer beside the form may become another; while keys come faster than the linter
  /// runs, it is that of the form before them.
  var wantsAnswerBeside: Bool { isLinted || simulations.displayedAnswer == nil }

  /// Brings the answer beside the form up to date.
  mutating func answerBeside(_ request: Request, down: Set<String>, in form: FormState) {
    let answer = answer(to: request, down: down, in: form)
    simulations.displayedAnswer = (answer, simulations.answers)
  }

  /// Brings the text of the generated objects up to date.
  mutating func generate(_ wanted: Generated.Form, of form: FormState) {
    if let known = simulations.generated, known.form == wanted, !simulations.isStale { return }
    simulations.isStale = false
    let kept = form.keptPlaces.compactMap { form.opened[$0].node }
    let first = completed(kept + documents).first
    var text = GeneratedText(form: wanted)
    if let place = objects.firstIndex(of: .route),
      let generated = Generated.one(first + kept.count + place, in: simulator(of: form).index)
    {
      text.failure = generated.failure
      text.warnings = generated.warnings.count
      text.objects = generated.failure == nil ? generated.objects(wanted) : []
    }
    text.printedText = simulations.printer.print(text.objects.map(\.node))
    simulations.generated = text
  }

  private mutating func stops(in form: FormState) -> [ControllerStop] {
    Generated.all(in: simulator(of: form).index).compactMap { route in
      route.stop.map { ControllerStop(route: route.route, message: $0) }
    }
  }
}

/// A route that the controller does not accept, with a sentence that says so.
private struct ControllerStop: Sendable {
  let route: ObjectKey
  let message: String
}

/// What the controller makes of the form's route, as text.
struct GeneratedText: Sendable {
  let form: Generated.Form
  fileprivate(set) var printedText = PrintedText()
  /// The documents of the printed text.
  fileprivate(set) var objects: [Generated.Object] = []
  /// What stops the controller, in its own words; there are no objects then.
  fileprivate(set) var failure: String?
  /// How much the documents leave open.
  fileprivate(set) var warnings = 0
}
