import Cluster
import Lint
import Resources
import RouteForm
import YAML

extension Diff {
  /// What applying some files would change in the cluster, object by object.
  func compareWithCluster() throws(Failure) -> Int32 {
    let manifests = try Manifests(in: files)
    let kubectl = cluster.kubectl
    let namespace: String
    do throws(ClusterFault) {
      namespace = try kubectl.setting().namespace
    } catch {
      ClusterOptions.complain(of: error)
      return Exit.unreadable
    }
    var status = Exit.done
    for (document, file) in zip(manifests.documents, manifests.files) {
      let document = document.placed(in: namespace)
      guard document["kind"]?.text != "Secret" else {
        Streams.complain("\(file): \(document.title): a Secret is not compared")
        continue
      }
      do throws(ClusterFault) {
        let stored = try kubectl.comparison(of: document)
        for objection in stored.objections {
          Streams.complain("\(file): \(document.title): \(objection.sentence)")
        }
        guard let proposed = stored.proposed else {
          status = Exit.unreadable
          continue
        }
        guard stored.present != proposed else { continue }
        Streams.print(Self.text(stored.present, proposed, of: document.title, in: file))
        if status == Exit.done { status = Exit.different }
      } catch {
        ClusterOptions.complain(of: error)
        status = Exit.unreadable
        guard error.isAboutOneObject else { return status }
      }
    }
    return status
  }

  static func text(
    _ present: Node?, _ proposed: Node, of title: String, in file: String
  ) -> String {
    let old = present.map { [$0] } ?? []
    var lines = Difference.words(from: old, to: [proposed])
    lines += ["", "--- \(title) in the cluster", "+++ \(title) of \(file)"]
    lines += Diff.lines(
      from: Array((present?.kubectlText ?? "").utf8), to: Array(proposed.kubectlText.utf8))
    return lines.joined(separator: "\n")
  }
}
