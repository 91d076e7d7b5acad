import Lint
package import YAML
package import RouteForm
internal import Resources

/// Everything derived from the form: documents, their text, the problems, the marks of what
/// changed.
///
/// Recomputed after each change, and only where the change reaches: `follow` prints the documents
/// anew with every key, `lint` runs the rules once typing pauses. The preview, the problems, the
/// checklist and the simulator read from it.
package struct Analysis: Sendable {
  package private(set) var objects: [ObjectName] = []
  package private(set) var documents: [Node] = []
  package private(set) var printedText: PrintedText
  package private(set) var problems: [FormProblem] = []
  /// Notes about what the wizard itself chose, which are no problems.
  private(set) var remarks: [FormProblem] = []
  /// The form that the wizard began with, where that was its own choice.
  var chosen: FormState?
  /// What is found in the opened documents that the form does not show.
  package private(set) var elsewhere: [KeptProblem] = []
  package private(set) var errors = 0
  package private(set) var warnings = 0
  /// How many errors each step has, where it has any.
  private(set) var errorsByStep: [Step: Int] = [:]
  /// The rules with errors.
  private(set) var rulesWithErrors: Set<Int> = []
  package private(set) var marks: ChangeMarks
  /// What the gateway would do with them.
  var simulations = SimulationCache()
  /// The route as the last step describes it; made by `read`.
  private var routeSummary: RouteSummary?
  private(set) var form: FormState?
  /// The texts that are no values, as they were when the linter last ran.
  private var texts: [Address: InvalidText] = [:]
  /// The documents that the linter had before those of the form.
  private(set) var keptPlaces: [Int] = []
  private var printer = Printer()
  var linter = Linter(isWhole: true)
  private var tracker = ChangeTracker()
  /// The form whose text changes are marked against.
  private var start: FormState?
  /// What prints the YAML with a line that is not there yet.
  private var placeholderPrinter = Printer()

  /// Counts up whenever `problems` become others.
  package private(set) var problemsVersion = 0
  /// Whether the problems are those of the form, not of an older one.
  package private(set) var isLinted = false

  /// The files that the form was opened from.
  var files: [OpenedFile] = [] {
    didSet { sourceDocuments = [:] }
  }
  /// The cluster that was read; what it holds counts, and is never reported on.
  var cluster: KnownCluster? {
    didSet {
      if cluster?.name != oldValue?.name { server = nil }
      isLinted = false
      routeSummary = nil
      simulations.forget()
    }
  }
  /// What the cluster's server was last asked about.
  var asked: AskedDocuments?
  /// What the cluster's server last said.
  var server: LastServerAnswer? { didSet { isLinted = false } }
  /// The text of the opened documents that were shown, by their places.
  private var sourceDocuments: [Int: SourceDocument] = [:]

  package init() {
    printedText = printer.print([])
    marks = tracker.marks(of: printedText)
  }

  /// Brings documents and text up to date with a form; the problems follow with `lint`.
  package mutating func follow(_ form: FormState) {
    guard form != self.form else { return }
    if form.release != self.form?.release {
      linter = Linter(target: form.release, isWhole: true)
    }
    documents = self.form.map { form.documents(after: $0, documents) } ?? form.documents
    self.form = form
    objects = form.objects
    simulations.forget()
    printedText = printer.print(documents, from: objects.map { sourceDocument(of: $0, in: form) })
    followShownParts(of: form)
    marks = tracker.marks(of: printedText)
    // With 64 or more kept fields, their lines are updated only by the next lint.
    if keptFields.count < 64 { findKeptLines() }
    isLinted = false
  }

  /// Opened objects that a form shows from now on, or no more, are no change: what changes are
  /// marked against shows them too.
  private mutating func followShownParts(of form: FormState) {
    guard var start, start.held.parts != form.held.parts else { return }
    start.held.parts = form.held.parts
    self.start = start
    let sources = start.objects.map { sourceDocument(of: $0, in: start) }
    tracker = ChangeTracker(baseline: printer.print(start.documents, from: sources))
  }

  /// What an object was in the file that it was opened from.
  private mutating func sourceDocument(of object: ObjectName, in form: FormState) -> SourceDocument?
  {
    guard let place = form.held(object), let number = form.opened[place].document,
      files.indices.contains(form.opened[place].file)
    else { return nil }
    if let known = sourceDocuments[place] { return known }
    let sourceDocument = files[form.opened[place].file].sourceDocument(ofDocument: number)
    sourceDocuments[place] = sourceDocument
    return sourceDocument
  }

  /// Takes the present text as what later changes are marked against.
  package mutating func markFromHere() {
    start = form
    tracker = ChangeTracker(baseline: printedText)
    marks = tracker.marks(of: printedText)
  }

  /// Brings the problems up to date.
  package mutating func lint(_ form: FormState) {
    follow(form)
    guard !isLinted else { return }
    isLinted = true
    var found = problemsOfTexts(in: form)
    found += form.providerProblems.map { address, message in
      FormProblem(
        address: address, severity: .error, message: message, finding: nil,
        step: Step.step(of: address, in: form), repair: nil, rule: nil)
    }
    // First, so that none of them moves when the form takes an object up or leaves one out.
    keptPlaces = form.keptPlaces
    let kept = keptPlaces.map { form.opened[$0].node ?? .null }
    elsewhere = []
    remarks = []
    keptFields = files.isEmpty ? [] : objects.map { Address($0, Path([.key("status")])) }
    let judged = completed(kept + documents)
    for placed in linter.findings(in: judged.all, background: 0..<judged.first)
    where placed.document >= judged.first {
      var finding = placed
      finding.document -= judged.first
      guard case .object(let object)? = subject(ofDocument: finding.document) else {
        elsewhere.append(KeptProblem(documentIndex: keptPlaces[finding.document], finding: finding))
        continue
      }
      var address = Address(object, finding.path)
      if finding.rule == "schema.unknown", !files.isEmpty { keptFields.append(address) }
      if form.isDerived(address) {
        // A problem of what a described backend's settings lead to is shown once, at its setting.
        guard let setting = form.setting(behind: address),
          !found.contains(where: { $0.address == setting })
        else { continue }
        address = setting
      }
      if form.invalidTexts[address] != nil { continue }
      let problem = FormProblem(
        address: address, severity: finding.severity, message: finding.message,
        finding: finding, step: Step.step(of: address, in: form),
        repair: finding.severity == .error && finding.fix == nil
          ? form.value(at: address)?.scalar.flatMap { form.repair(of: $0.text, at: address) } : nil,
        rule: Self.rule(of: address, in: form))
      if isChosen(problem, in: form) { remarks.append(problem) } else { found.append(problem) }
    }
    found += objections(to: form)
    elsewhere += objectionsElsewhere
    findKeptLines()
    // Errors first, then by step; what is alike stays in the order of the documents.
    let order = found.indices.sorted { one, two in
      (found[one].severity, found[one].step.rawValue, one)
        < (found[two].severity, found[two].step.rawValue, two)
    }
    found = order.map { found[$0] }
    guard found != problems else { return }
    problems = found
    problemsVersion += 1
    let errors = found.filter { $0.severity == .error }
    self.errors = errors.count
    warnings = found.count { $0.severity == .warning }
    errorsByStep = Dictionary(grouping: errors, by: \.step).mapValues(\.count)
    rulesWithErrors = Set(errors.compactMap(\.address.rule))
  }

  /// The documents as a server would be asked about them now.
  var present: AskedDocuments {
    let all = keptPlaces.map { form?.opened[$0].node ?? .null } + documents
    return AskedDocuments(
      all: all, subjects: all.indices.map(subject(ofDocument:)), kept: keptPlaces.count)
  }

  /// Documents with what the cluster has before them, and where they begin.
  func completed(_ documents: [Node]) -> (all: [Node], first: Int) {
    cluster?.completing(documents) ?? (documents, 0)
  }

  /// The texts of the form that are no values; what is known of one holds until it is another.
  private mutating func problemsOfTexts(in form: FormState) -> [FormProblem] {
    let known = texts
    texts = form.invalidTexts.reduce(into: [:]) { texts, draft in
      let (address, text) = draft
      let last = known[address]
      texts[address] = last?.text == text ? last : InvalidText(text, at: address, in: form)
    }
    // In an order that is the same in every run, for a replay steps through the same problems.
    return texts.sorted { $0.value.place < $1.value.place }.map { address, text in
      FormProblem(
        address: address, severity: .error, message: text.message, finding: nil,
        step: Step.step(of: address, in: form), repair: text.repair,
        rule: Self.rule(of: address, in: form))
    }
  }

  /// A text that is no value of its field, with what does not depend on the rest of the form.
  private struct InvalidText: Sendable {
    let text: String
    let place: String
    let message: String
    let repair: String?

    init(_ text: String, at address: Address, in form: FormState) {
      self.text = text
      place = "\(address)"
      message = form.errorMessage(of: text, at: address)
      repair = form.repair(of: text, at: address)
    }
  }

  /// The rule that an address is in, where there are several.
  static func rule(of address: Address, in form: FormState) -> String? {
    let rules = form.rules
    guard rules.count > 1, let rule = address.rule, rules.indices.contains(rule) else { return nil }
    return Workspace.name(of: FormState.ruleList, rule, in: form)
  }

  /// Documents together, those of the last lint as they were read then.
  func index(of documents: [Node]) -> ResourceIndex { linter.index(of: documents) }

  /// Whether it is a note about a value that stands as the wizard chose it.
  private func isChosen(_ problem: FormProblem, in form: FormState) -> Bool {
    guard problem.severity == .info, let chosen else { return false }
    return form.value(at: problem.address) == chosen.value(at: problem.address)
  }

  /// The fields of opened objects that no step and no card shows.
  private var keptFields: [Address] = []
  /// Their lines in the printed text.
  private var keptLines: [Range<Int>] = []

  /// Whether a line shows what the form does not know: a field of another's, a status, a comment.
  func isKept(_ line: Int) -> Bool {
    guard !files.isEmpty else { return false }
    if keptLines.contains(where: { $0.contains(line) }) { return true }
    guard printedText.line(line).first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "#"),
      let origin = printedText.origin(ofLine: line)
    else { return false }
    // A text of several lines is no comment.
    if case .scalar? = documents[origin.document][origin.path] { return false }
    return true
  }

  private mutating func findKeptLines() {
    keptLines = keptFields.compactMap { address in
      objects.firstIndex(of: address.object).flatMap { printedText.lines(of: address.path, in: $0) }
    }
  }

  /// The route in words, as it was when a form was read.
  struct RouteSummary: Sendable {
    fileprivate let form: FormState
    let checklist: Checklist
    let summary: [String]
    let preparations: Prerequisites

    fileprivate init(_ form: FormState, in cluster: KnownCluster?) {
      self.form = form
      checklist = Checklist(form, in: cluster)
      summary = form.summary
      preparations = Prerequisites(form)
    }
  }

  /// The route in words; at once where it was read already.
  func routeSummary(of form: FormState) -> RouteSummary {
    routeSummary.flatMap { $0.form == form ? $0 : nil } ?? RouteSummary(form, in: cluster)
  }

  /// Brings `routeSummary` up to date.
  mutating func read(_ form: FormState) { routeSummary = routeSummary(of: form) }

  /// The command that writes the same as a form, as it was last worked out: that takes longer than
  /// all else on Review, and only who sees it needs it.
  private(set) var command: SameCommand?

  /// Brings `command` up to date.
  mutating func workOutCommand(for form: FormState, to place: String) {
    if command?.isOf(form, to: place) != true { command = SameCommand(form, to: place) }
  }

  /// The command that writes the same as a form to its place.
  struct SameCommand: Sendable {
    private let form: FormState
    private let place: String
    let text: String

    fileprivate init(_ form: FormState, to place: String) {
      self.form = form
      self.place = place
      text = AnswersFile.command(for: form, place: place)
    }

    func isOf(_ form: FormState, to place: String) -> Bool {
      self.place == place && self.form == form
    }
  }

  /// What a document of a finding is.
  enum Subject {
    case object(ObjectName)
    /// An opened document, by its place.
    case kept(Int)
  }

  /// What a finding's document is, nil for none.
  func subject(ofDocument document: Int) -> Subject? {
    if keptPlaces.indices.contains(document) { return .kept(keptPlaces[document]) }
    let index = document - keptPlaces.count
    return objects.indices.contains(index) ? .object(objects[index]) : nil
  }

  /// The text with an unset field set, and the lines that it would add: where it will go.
  package mutating func placeholderPreview(of address: Address, in form: FormState)
    -> PreviewWithPlaceholder?
  {
    guard let document = objects.firstIndex(of: address.object), form.value(at: address) == nil,
      form.invalidTexts[address] == nil
    else { return nil }
    var filled = form
    filled.set(.scalar(Scalar("...", .null)), at: address)
    var documents = documents
    documents[document] = filled.document(address.object)
    let printedText = placeholderPrinter.print(
      documents, from: objects.map { sourceDocument(of: $0, in: form) })
    var depth = 1
    while depth < address.path.count,
      documents[document][Path(Array(address.path.steps[..<depth]))] != nil,
      self.documents[document][Path(Array(address.path.steps[..<depth]))] != nil
    {
      depth += 1
    }
    let top = Path(Array(address.path.steps[..<depth]))
    guard let lines = printedText.lines(of: top, in: document),
      printedText.lineCount == self.printedText.lineCount + lines.count
    else { return nil }
    return PreviewWithPlaceholder(printedText: printedText, lines: lines)
  }
}

/// The YAML as it would be with the focused field set, so that setting it moves no line.
package struct PreviewWithPlaceholder: Sendable {
  let printedText: PrintedText
  /// The lines that are not in the YAML yet.
  let lines: Range<Int>

  /// The line of the YAML as it is; nil for a line that is not there yet.
  func line(_ shown: Int) -> Int? {
    if shown < lines.lowerBound { return shown }
    return shown < lines.upperBound ? nil : shown - lines.count
  }
}
