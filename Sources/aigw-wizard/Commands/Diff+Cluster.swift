import Cluster
import Lint
import Resources
import RouteForm
import YAML

extension Diff {
  /// What applying some files would change in the cluster, object by object.
  func compareWithCluster() throws(Failure) -> Int32 {
    let manifests = try Manifests(in: files, namespace: cluster.namespace)
    let kubectl = cluster.kubectl
    let namespace: String
    do throws(ClusterError) {
      namespace = try kubectl.setting().namespace
    } catch {
      ClusterOptions.printMessage(of: error)
      return Exit.unreadable
    }
    var asked: [(object: Node, file: String)] = []
    for (document, file) in zip(manifests.documents, manifests.files) {
      let object = document.placed(in: namespace)
      if object["kind"]?.text == "Secret" {
        Streams.printMessage("\(file): \(object.title): a Secret is not compared")
      } else {
        asked.append((object, file))
      }
    }
    var status = Exit.done
    ClusterDifference.compare(asked, in: kubectl) { place, difference in
      for objection in difference.objections {
        Streams.printMessage("\(asked[place].file): \(objection)")
      }
      if let error = difference.error { ClusterOptions.printMessage(of: error) }
      if let text = difference.text { Streams.print(text) }
      if !difference.isComplete {
        status = Exit.unreadable
      } else if difference.text != nil, status == Exit.done {
        status = Exit.different
      }
    }
    return status
  }
}

/// What applying one object would change in a cluster.
struct ClusterDifference {
  /// What the server has against it, a sentence each.
  let objections: [String]
  /// In words by path, then line by line; nil where nothing would change, or that is not known.
  let text: String?
  /// Whether it is known what would be stored.
  let isComplete: Bool
  /// Why it could not be compared.
  let error: ClusterError?

  /// Compares objects of files with those in the cluster, asked for at once, and reports what
  /// came of each; no more of them once the cluster cannot be asked at all.
  static func compare(
    _ objects: [(object: Node, file: String)], in kubectl: Kubectl,
    report: (Int, ClusterDifference) -> Void
  ) {
    var known: PresentObjects?
    for (place, (object, file)) in objects.enumerated() {
      do throws(ClusterError) {
        let present =
          if let known { known } else {
            try kubectl.presentObjects(of: objects.map(\.object))
          }
        known = present
        report(
          place,
          ClusterDifference(object, in: file, try kubectl.comparison(of: object, among: present)))
      } catch {
        report(
          place, ClusterDifference(objections: [], text: nil, isComplete: false, error: error))
        guard error.isAboutOneObject else { return }
      }
    }
  }

  private init(objections: [String], text: String?, isComplete: Bool, error: ClusterError?) {
    self.objections = objections
    self.text = text
    self.isComplete = isComplete
    self.error = error
  }

  private init(_ object: Node, in file: String, _ stored: StoredObject) {
    let text = stored.proposed.flatMap { proposed in
      proposed == stored.present
        ? nil : Self.text(from: stored.present, to: proposed, of: object.title, in: file)
    }
    self.init(
      objections: stored.objections.map { "\(object.title): \($0.sentence)" }, text: text,
      isComplete: stored.proposed != nil, error: nil)
  }

  private static func text(
    from present: Node?, to proposed: Node, of title: String, in file: String
  ) -> String {
    let old = present.map { [$0] } ?? []
    var lines = Difference.lines(from: old, to: [proposed])
    lines += ["", "--- \(title) in the cluster", "+++ \(title) of \(file)"]
    lines += Diff.lines(
      from: Array((present?.kubectlText ?? "").utf8), to: Array(proposed.kubectlText.utf8))
    return lines.joined(separator: "\n")
  }
}
