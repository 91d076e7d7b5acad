import Resources
package import Schemas
package import YAML

/// A finding with the file it is in and where it stands there.
package struct FileFinding: Hashable, Sendable {
  package let file: String
  /// The object it is about; empty where the text cannot be read.
  package let kind: String
  package let name: String
  /// The value in question, or its parent where it is missing.
  package var position: Position { range.lowerBound }
  /// From there to where it ends.
  package let range: Range<Position>
  /// `document` counts within the file, and the path begins at that document's root.
  package let finding: Finding
}

/// Everything found in some files, which are checked together as one bundle.
package struct LintRun: Sendable {
  /// In the order of the files, then of their lines.
  package private(set) var findings: [FileFinding] = []
  /// The number of findings suppressed by comments.
  package private(set) var suppressed = 0
  /// The number of objects checked.
  package private(set) var objects = 0
  /// The number of files with these objects.
  package private(set) var files = 0
  /// The number of documents skipped, by reason.
  package private(set) var skipped: [SkipReason: Int] = [:]
  /// Where the reading of a document ended.
  package var unreadable: [FileFinding] {
    findings.filter { $0.finding.rule == Rule.brokenSyntax.id }
  }

  package init(into files: [ManifestFile], for release: Release = .current) {
    let parts = files.objects
    var linter = Linter(target: release, remembers: false)
    let own = parts.flatMap { $0.map(\.node) }
    let background = files.flatMap(\.background)
    let found = linter.findings(
      in: background.isEmpty ? own : own + background,
      background: own.count..<own.count + background.count)
    lazy var firstPlaces = Self.firstPlaces(of: parts, in: files)
    var next = found.startIndex
    var first = 0
    for (file, objects) in zip(files, parts) {
      count(file, objects)
      var here = file.problems
      var used: Set<Suppressions.Entry> = []
      var places = LatestPlaces(file: file)
      let isSecretive = objects.allSatisfy { $0.node["kind"]?.text == "Secret" }
      while next < found.endIndex, found[next].document < first + objects.count {
        let object = objects[found[next].document - first]
        var finding = found[next]
        next += 1
        if finding.rule == Rule.duplicateObject.id,
          let earlier = Document.Identity(object.node).flatMap({ firstPlaces[$0] })
        {
          finding.message += " (\(earlier))"
        }
        let place = FileFinding(finding, about: object, in: &places)
        guard file.reports(place.finding, of: object),
          // A file of Secrets alone is what the rule asks for.
          !isSecretive || place.finding.rule != Rule.secretInBundle.id
        else { continue }
        if file.suppresses(place, &used) { suppressed += 1 } else { here.append(place) }
      }
      here += file.idleSuppressions(used)
      first += objects.count
      here.sort { $0.order < $1.order }
      if findings.isEmpty { findings = here } else { findings += here }
    }
  }

  /// Where each object stands first, as file and line.
  private static func firstPlaces(of parts: [[ManifestFile.Object]], in files: [ManifestFile])
    -> [Document.Identity: String]
  {
    var found: [Document.Identity: String] = [:]
    for (file, objects) in zip(files, parts) {
      for object in objects {
        guard let identity = Document.Identity(object.node), found[identity] == nil else {
          continue
        }
        let start = file.parsed.documents[object.document].map.focusRange(of: object.base)
        found[identity] = "\(file.name):\(start.lowerBound.line)"
      }
    }
    return found
  }

  private mutating func count(_ file: ManifestFile, _ objects: [ManifestFile.Object]) {
    if file.role == .background { return }
    // A template that was named is reported, not passed over.
    let passed = file.role == .named ? [] : Array(file.foreign.values)
    let reasons = objects.compactMap(\.foreignness) + passed
    for reason in reasons { skipped[reason, default: 0] += 1 }
    self.objects += objects.count { $0.foreignness == nil }
    if file.role == .named || !file.isForeign { files += 1 }
  }

  /// Adds findings of another source, such as the API server, each in its place: `document` counts
  /// the checked objects of all the files.
  package mutating func add(_ found: [Finding], in files: [ManifestFile]) {
    let places = Dictionary(
      files.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var first = 0
    var placed: [FileFinding] = []
    for file in files {
      var used: Set<Suppressions.Entry> = []
      let count = file.checkedObjects.count
      let here = found.filter { (first..<first + count).contains($0.document) }
      let all = file.placed(
        here.map { finding in
          var finding = finding
          finding.document -= first
          return finding
        })
      for place in all {
        if file.suppresses(place, &used) { suppressed += 1 } else { placed.append(place) }
      }
      first += count
      if used.isEmpty { continue }
      // What suppresses a finding of the server is not idle.
      let places = Set(used.map(\.position))
      findings.removeAll {
        $0.finding.rule == Rule.idleSuppression.id && $0.file == file.name
          && places.contains($0.position)
      }
    }
    findings = (findings + placed).map { (places[$0.file] ?? 0, $0) }
      .sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1.order < $1.1.order }.map(\.1)
  }

  /// Leaves only the findings that a question is about.
  package mutating func keep(where isWanted: (Finding) -> Bool) {
    findings.removeAll { !isWanted($0.finding) }
  }

  /// Leaves of what is found several times at one place, since aliases lead there, the first.
  package mutating func dropTwins() {
    var last: [FileFinding] = []
    findings.removeAll { finding in
      if last.first?.position != finding.position { last = [] }
      if last.contains(where: finding.isTwin) { return true }
      last.append(finding)
      return false
    }
  }

  package func count(of severity: Finding.Severity) -> Int {
    findings.count { $0.finding.severity == severity }
  }
}

extension ManifestFile {
  /// The objects that are checked, without those that are skipped.
  package var checkedObjects: [Node] {
    role == .background ? [] : objects.filter { $0.foreignness == nil }.map(\.node)
  }

  /// The objects in it, those of other groups included.
  package var manifests: [Node] { objects.filter { $0.foreignness != .plain }.map(\.node) }

  /// Findings about the checked objects, by their place among those, as the file has them.
  fileprivate func placed(_ findings: [Finding]) -> [FileFinding] {
    let objects = objects.filter { $0.foreignness == nil }
    var places = LatestPlaces(file: self)
    return findings.map { FileFinding($0, about: objects[$0.document], in: &places) }
  }
}

/// A file, and the places in that of its documents that was asked for last.
private struct LatestPlaces {
  let file: ManifestFile
  private var latest: (document: Int, map: SourceMap)?

  init(file: ManifestFile) { self.file = file }

  mutating func map(of document: Int) -> SourceMap {
    if let latest, latest.document == document { return latest.map }
    let map = file.parsed.documents[document].map
    latest = (document, map)
    return map
  }
}

extension FileFinding {
  fileprivate init(
    _ finding: Finding, about object: ManifestFile.Object, in places: inout LatestPlaces
  ) {
    var moved = finding
    moved.document = places.file.parsed.documents[object.document].number
    moved.path = object.base.appending(finding.path)
    moved.field =
      finding.field == finding.path ? moved.path : object.base.appending(finding.field)
    self.init(
      file: places.file.name, kind: object.node["kind"]?.text ?? "",
      name: object.node["metadata"]?["name"]?.text ?? "",
      range: places.map(of: object.document).focusRange(of: moved.path), finding: moved)
  }

  /// What cannot be read at all is said before what is wrong with it.
  fileprivate var order: (Int, Int, Finding.Severity, Int, String, String) {
    let isReading = [Rule.brokenSyntax.id, Rule.strictReading.id].contains(finding.rule)
    return (
      position.line, position.column, finding.severity, isReading ? 0 : 1, finding.rule,
      finding.message
    )
  }
}

extension ManifestFile {
  /// Whether a finding about one of its objects is reported: of other groups' only what goes
  /// beyond their own fields.
  fileprivate func reports(_ finding: Finding, of object: Object) -> Bool {
    switch role {
    case .named: true
    case .found: object.foreignness == nil || finding.source != .admission
    case .background: false
    }
  }

  /// Whether comments suppress a finding; takes note of those that do.
  fileprivate func suppresses(_ place: FileFinding, _ used: inout Set<Suppressions.Entry>) -> Bool {
    let comments = ignores.entries(suppressing: place.finding.rule, on: place.position.line)
    used.formUnion(comments)
    return !comments.isEmpty
  }

  /// What the reader has to say about the text.
  package var problems: [FileFinding] {
    if role == .background { return [] }
    let silent = role == .named ? [] : Set(foreign.keys).union(foreignDocuments)
    var next = 0
    return parsed.problems.filter { !silent.contains($0.document) }.map { problem in
      let severity: Finding.Severity
      switch problem.severity {
      case .error: severity = .error
      case .warning: severity = .warning
      case .note: severity = .info
      }
      while next < parsed.documents.count, parsed.documents[next].number < problem.document {
        next += 1
      }
      let isThere =
        next < parsed.documents.count && parsed.documents[next].number == problem.document
      let root = isThere ? parsed.documents[next].root : .null
      return FileFinding(
        file: name, kind: root["kind"]?.text ?? "", name: root["metadata"]?["name"]?.text ?? "",
        range: problem.position..<problem.position,
        finding: Finding(
          document: problem.document, path: .root, severity: severity, source: .admission,
          rule: problem.isFatal ? Rule.brokenSyntax.id : Rule.strictReading.id,
          message: problem.message))
    }
  }
}

extension [ManifestFile] {
  /// The objects of each; an object that is context only gives way to a checked one of the same name.
  fileprivate var objects: [[ManifestFile.Object]] {
    func identity(_ object: ManifestFile.Object) -> Document.Identity? {
      Document.Identity(object.node)
    }
    let parts = map { (file: $0, objects: $0.objects) }
    guard parts.contains(where: { $0.file.role == .background }) else {
      return parts.map(\.objects)
    }
    let checked = Set(
      parts.filter { $0.file.role != .background }.flatMap(\.objects).compactMap(identity))
    return parts.map { file, objects in
      file.role == .background
        ? objects.filter { !(identity($0).map(checked.contains) ?? false) } : objects
    }
  }
}

extension ManifestFile {
  /// The numbers of the documents all of whose objects are skipped.
  var foreignDocuments: Set<Int> {
    let objects = objects
    let ours = Set(objects.lazy.filter { $0.foreignness == nil }.map(\.document))
    let foreign = Set(objects.lazy.map(\.document)).subtracting(ours)
    return Set(foreign.lazy.map { parsed.documents[$0].number })
  }
}
