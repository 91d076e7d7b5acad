import ArgumentParser
import Cluster
import Schemas

/// Which cluster is asked, in kubectl's own words.
struct ClusterOptions: ParsableArguments {
  @Flag(help: "Ask the cluster of the current context, through kubectl.")
  var cluster = false
  @Option(help: ArgumentHelp("Ask the cluster of this context.", valueName: "name"))
  var context: String?
  @Option(
    help: ArgumentHelp("The kubeconfig that says how to reach it.", valueName: "file"),
    completion: .file())
  var kubeconfig: String?
  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "The namespace of objects that name none, and the one to list where no other may be listed.",
      valueName: "name"))
  var namespace: String?
  @Option(
    help: ArgumentHelp(
      "How long the server may take for an answer.", valueName: "seconds"),
    transform: Self.seconds)
  var requestTimeout = Kubectl.Target.usualTimeout

  /// Whether a cluster is to be asked at all.
  var isAsked: Bool { cluster || context != nil || kubeconfig != nil || namespace != nil }

  var target: Kubectl.Target {
    Kubectl.Target(
      context: context, kubeconfig: kubeconfig, namespace: namespace, timeout: requestTimeout)
  }

  var kubectl: Kubectl { Kubectl(target, cancelledBy: Interruption.cancellation) }

  private static func seconds(_ text: String) throws -> Int {
    let digits = text.hasSuffix("s") ? String(text.dropLast()) : text
    guard let seconds = Int(digits), (1...600).contains(seconds) else {
      throw ValidationError("use seconds from 1 to 600, such as 30 or 30s")
    }
    return seconds
  }

  /// Tells why the cluster could not be asked; an interrupt ends us instead.
  static func complain(of fault: ClusterFault) {
    if fault == .cancelled { Interruption.leave() }
    Streams.complain("aigw-wizard: \(fault)")
  }

  /// What the cluster holds; nil, with the reason told, where it cannot be asked.
  func snapshot() -> ClusterSnapshot? {
    do throws(ClusterFault) {
      let snapshot = try kubectl.snapshot()
      for gap in snapshot.gaps { Streams.complain("cluster \(snapshot.setting.context): \(gap)") }
      return snapshot
    } catch {
      Self.complain(of: error)
      return nil
    }
  }
}

extension ReleaseOption {
  /// The release: the one asked for, else that of the cluster's CRDs, which is then told.
  func resolved(with snapshot: ClusterSnapshot?) -> Release {
    guard chosen == nil, let release = snapshot?.release, let snapshot else { return resolved() }
    if release != resolved() {
      Streams.complain(
        "cluster \(snapshot.setting.context): its CRDs are those of AI Gateway "
          + "\(release.rawValue), which the checks use")
    }
    return release
  }
}
