import ArgumentParser
import Cluster
import Terminal
import Glibc
import Schemas
import Lint
import YAML
import Wizard

/// `aigw-wizard check`: reports every finding in manifests, for people, editors and CI.
struct Check: Subcommand {
  static let configuration = CommandConfiguration.command(
    "check", "[<options>] <file> ...",
    "Reports every problem in manifests, as the API server and the controllers see them.",
    exit: "0 no errors found, 1 something could not be read, 2 wrong usage, 3 errors found")
  static let formats = CheckFormat.names
  /// The rules, behind those of the list that are typed already.
  private static let ruleCompletion = CompletionKind.custom { _, _, typed in
    let start = typed.lastIndex(of: ",").map { typed[...$0] } ?? ""
    return Rule.everything.flatMap { [$0.id, $0.slug] }.map { start + $0 }
  }

  @Argument(
    help: ArgumentHelp(
      "Files or folders with manifests; - reads standard input.", valueName: "file"),
    completion: .manifests)
  var files: [String] = []
  @Option(
    help: ArgumentHelp(
      "A file or folder to read as context, without reporting on it. Repeatable.",
      valueName: "path"), completion: .manifests)
  var with: [String] = []
  @Option(
    help: ArgumentHelp("Report only these rules. Repeatable.", valueName: "rule,..."),
    completion: Self.ruleCompletion, transform: Self.rules)
  var only: [[String]] = []
  @Option(
    help: ArgumentHelp("Do not report these rules. Repeatable.", valueName: "rule,..."),
    completion: Self.ruleCompletion, transform: Self.rules)
  var skip: [[String]] = []
  @Option(help: ArgumentHelp("The minimum severity to report.", valueName: "severity"))
  var severity = Finding.Severity.info
  @Option(help: ArgumentHelp("The output format.", valueName: "format"))
  var format = CheckFormat.text
  @Flag(help: "Skip what is not a manifest of a known kind in named files, too, as in folders.")
  var passOver = false
  @Flag(help: "Apply the fixes of the reported findings, but for those that need a person.")
  var fix = false
  @Option(
    name: [.customShort("o", allowingJoined: true), .customLong("output")],
    help: ArgumentHelp(
      "With --fix: -o - prints the changes as a patch and writes nothing.", valueName: "path"))
  var output: String?
  @Flag(help: "Exit with 0 whatever is found; 1 still means that something could not be read.")
  var exitZero = false
  @Option(help: ArgumentHelp("When to use colours; auto honours NO_COLOR.", valueName: "when"))
  var color = TerminalOptions.Color.auto
  @OptionGroup var release: ReleaseOption
  @OptionGroup(title: "The cluster") var cluster: ClusterOptions

  func validate() throws {
    try Self.checkFiles(files)
    try Self.checkInput(files + with)
    if fix, cluster.isAsked { throw ValidationError("--fix cannot be combined with --cluster") }
    if output != nil, fix, format != .text {
      throw ValidationError("--fix -o - prints a patch; leave --format out")
    }
    guard let output else {
      if fix, files.contains("-") {
        throw ValidationError("stdin cannot be rewritten; --fix -o - prints the changes")
      }
      return
    }
    guard fix else { throw ValidationError("-o requires --fix") }
    guard output == "-" else {
      throw ValidationError("--fix writes the files it reads; -o - prints the changes instead")
    }
  }

  /// Reads a comma-separated list of rules; throws if one does not exist.
  private static func rules(_ list: String) throws -> [String] {
    let words = list.split(separator: ",").map { String($0.filter { $0 != " " }) }
    for word in words {
      if let problem = Rule.problem(ofName: word) { throw ValidationError(problem) }
    }
    guard !words.isEmpty else { throw ValidationError("use rules, such as L33,L43") }
    return words
  }

  func perform() throws(Failure) -> Int32 {
    let gathered = CollectedInputs(
      files, with: with, in: cluster.namespace, keepsTexts: fix || format == .sarif,
      skipsOthers: passOver)
    for message in gathered.messages { Streams.printMessage("aigw-wizard: \(message)") }
    if cluster.isAsked { return check(gathered) }
    let release = release.resolved()
    if fix { return repair(gathered, for: release) }
    let lintRun = LintRun(into: gathered.files, for: release)
    // The process ends with all its memory: giving back each node of the files would cost a tenth
    // of the check.
    return withExtendedLifetime((gathered, lintRun)) { () -> Int32 in
      Glibc.exit(
        report(
          lintRun, in: FixableFiles(gathered.files, gathered.texts), for: release,
          isComplete: gathered.isComplete, to: STDOUT_FILENO))
    }
  }

  /// With the cluster as background, and with the server's own word; what can be said without them
  /// is said where the cluster cannot be asked.
  private func check(_ gathered: CollectedInputs) -> Int32 {
    guard let snapshot = cluster.snapshot() else {
      return report(
        LintRun(into: gathered.files, for: release.resolved()),
        in: FixableFiles(gathered.files, gathered.texts), for: release.resolved(),
        isComplete: false, to: STDOUT_FILENO)
    }
    let release = release.resolved(with: snapshot)
    let files = gathered.files.map { file in
      var file = file
      file.namespace = snapshot.setting.namespace
      return file
    }
    let objects = files.flatMap(\.checkedObjects)
    let background = snapshot.objects(beside: objects)
    let all = files + [ManifestFile(name: snapshot.setting.context, background: background)]
    var lintRun = LintRun(into: all, for: release)
    let answer = cluster.kubectl.findings(of: objects, beside: background, for: release)
    lintRun.add(answer.findings, in: files)
    for note in answer.notes {
      Streams.printMessage("cluster \(snapshot.setting.context): \(note)")
    }
    if let error = answer.error { ClusterOptions.printMessage(of: error) }
    return report(
      lintRun, in: FixableFiles(all, gathered.texts + [[]]), for: release,
      isComplete: gathered.isComplete && answer.isComplete, to: STDOUT_FILENO)
  }

  /// Whether a finding is one of those that are asked for.
  private func wants(_ finding: Finding) -> Bool {
    finding.severity <= severity
      && !skip.joined().contains { Rule.id(finding.rule, isOf: $0) }
      && (only.isEmpty || only.joined().contains { Rule.id(finding.rule, isOf: $0) })
  }

  /// Prints what was found, and gives the exit status that follows.
  private func report(
    _ lintRun: LintRun, in files: @autoclosure () -> FixableFiles, for release: Release,
    isComplete: Bool, to stream: Int32, fixed: Int = 0
  ) -> Int32 {
    var lintRun = lintRun
    let unreadable = lintRun.unreadable
    lintRun.keep(where: wants)
    if format == .text || format == .github || stream != STDOUT_FILENO { lintRun.dropTwins() }
    var output = Streams.Output(to: stream)
    switch stream == STDOUT_FILENO ? format : .text {
    case .text: lintRun.findings.writeLines(to: &output, colored: isColored(stream))
    case .json: lintRun.findings.writeJSON(to: &output)
    case .sarif:
      let report = SarifReport(
        lintRun.findings, fixing: files(), for: release,
        isComplete: isComplete && unreadable.isEmpty)
      output.write(report.node.json + "\n")
    case .github: for finding in lintRun.findings { output.write(finding.annotation + "\n") }
    }
    let isWritten = output.end()
    if lintRun.files > 0 || !lintRun.skipped.isEmpty {
      Self.printMessage(of: lintRun, fixed: fixed)
    }
    for finding in unreadable {
      Streams.printMessage("aigw-wizard: \(finding.file):\(finding.position): not readable as YAML")
    }
    guard isWritten else {
      Streams.printMessage("aigw-wizard: cannot write: \(Files.errorMessage(for: errno))")
      return Exit.unreadable
    }
    guard isComplete, unreadable.isEmpty else { return Exit.unreadable }
    if exitZero { return Exit.done }
    return lintRun.count(of: .error) > 0 ? Exit.invalid : Exit.done
  }

  // MARK: Fixing

  /// Makes the fixes, in the files or, with `-o -`, as a patch on stdout; then prints what is left.
  private func repair(_ input: CollectedInputs, for release: Release) -> Int32 {
    let repair = FixRun(of: input.files, with: input.texts, for: release, where: wants)
    var (files, texts) = (repair.files, repair.texts)
    var patch = ""
    var unwritten: Set<String> = []
    for (place, (old, new)) in zip(input.texts, repair.texts).enumerated() where old != new {
      let path = input.files[place].name
      if output != nil {
        patch += Diff.patch(path, from: old, to: new)
      } else if let why = Self.problem(writing: new, over: old, to: path) {
        Streams.printMessage("aigw-wizard: \(path): \(why)")
        unwritten.insert(path)
        (files[place], texts[place]) = (input.files[place], old)
      }
    }
    let fixed = repair.fixed.filter { !unwritten.contains($0.file) }
    for finding in fixed { Self.printMessage("fixed", finding) }
    for finding in repair.lintRun.findings where wants(finding.finding) {
      guard let denial = repair.denial(of: finding) else { continue }
      Self.printMessage("not fixed", finding, ": \(denial.rawValue)")
    }
    if isatty(STDOUT_FILENO) == 1 { patch = Streams.shown(patch) }
    let isPrinted = Streams.write(Array(patch.utf8), to: STDOUT_FILENO)
    return report(
      unwritten.isEmpty ? repair.lintRun : LintRun(into: files, for: release),
      in: FixableFiles(files, texts), for: release,
      isComplete: input.isComplete && unwritten.isEmpty && isPrinted,
      to: output == nil ? STDOUT_FILENO : STDERR_FILENO, fixed: fixed.count)
  }

  /// Why a file cannot be replaced, nil where it was.
  private static func problem(
    writing new: [UInt8], over old: [UInt8], to path: String
  ) -> String? {
    guard access(path, W_OK) == 0 else { return Files.errorMessage(for: errno) }
    return Files.write([FileToWrite(path: path, bytes: new, over: .bytes(old))]).first?.failure
  }

  private static func printMessage(_ word: String, _ finding: FileFinding, _ why: String = "") {
    Streams.printMessage(
      "\(word): \(finding.file):\(finding.position): \(finding.finding.fix?.title ?? "") "
        + "[\(Rule.label(of: finding.finding.rule))]\(why)")
  }

  /// How many of each, how many were suppressed, and what was skipped.
  private static func printMessage(of lintRun: LintRun, fixed: Int) {
    var parts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = lintRun.count(of: severity)
      guard count > 0 else { return nil }
      return severity == .info ? "\(count) info" : counted(count, severity.rawValue)
    }
    if parts.isEmpty { parts = ["nothing found"] }
    var text =
      "\(parts.joined(separator: ", ")) in \(counted(lintRun.objects, "object")) of "
      + counted(lintRun.files, "file")
    if lintRun.suppressed > 0 { text += ", \(lintRun.suppressed) suppressed by comments" }
    let passed = SkipReason.allCases.compactMap { reason in
      lintRun.skipped[reason].map(reason.text)
    }
    if !passed.isEmpty { text += "; skipped: \(passed.joined(separator: ", "))" }
    Streams.printMessage(fixed > 0 ? "\(fixed) fixed; \(text)" : text)
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func isColored(_ stream: Int32) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      isatty(stream) == 1 && Environment["NO_COLOR"] == nil
        && Environment["TERM"] != "dumb"
    }
  }
}
