import ArgumentParser
import Cluster
import Schemas

/// Which cluster to query; the options have kubectl's names.
struct ClusterOptions: ParsableArguments {
  @Flag(help: "Query the cluster of the current context, through kubectl.")
  var cluster = false
  @Option(help: ArgumentHelp("Query the cluster of this context.", valueName: "name"))
  var context: String?
  @Option(
    help: ArgumentHelp("The kubeconfig file to use.", valueName: "file"),
    completion: .file())
  var kubeconfig: String?
  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "The namespace of objects that name none; in a cluster also the one to list if others may not be listed.",
      valueName: "name"))
  var namespace: String?
  @Option(
    help: ArgumentHelp(
      "The timeout of a request to the API server.", valueName: "seconds"),
    transform: Self.seconds)
  var requestTimeout = Kubectl.Target.usualTimeout

  /// Whether any option asks for a cluster; a namespace alone does not.
  var isAsked: Bool { cluster || context != nil || kubeconfig != nil }

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

  /// Reports why the cluster could not be queried; after an interrupt it ends the program instead.
  static func printMessage(of error: ClusterError) {
    if error == .cancelled { Interruption.leave() }
    Streams.printMessage("aigw-wizard: \(error)")
  }

  /// The objects of the cluster; nil, after reporting why, if it cannot be queried.
  func snapshot() -> ClusterSnapshot? {
    do throws(ClusterError) {
      let snapshot = try kubectl.snapshot()
      for gap in snapshot.gaps {
        Streams.printMessage("cluster \(snapshot.setting.context): \(gap)")
      }
      return snapshot
    } catch {
      Self.printMessage(of: error)
      return nil
    }
  }
}

extension ReleaseOption {
  /// The release: the one of `--for`, else that of the cluster's CRDs, which is then reported.
  func resolved(with snapshot: ClusterSnapshot?) -> Release {
    guard chosen == nil, let release = snapshot?.release, let snapshot else { return resolved() }
    if release != resolved() {
      Streams.printMessage(
        "cluster \(snapshot.setting.context): its CRDs are those of AI Gateway "
          + "\(release.rawValue), which the checks use")
    }
    return release
  }
}

/// The namespace of a command that never queries a cluster.
struct NamespaceOption: ParsableArguments {
  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The namespace of objects that name none.", valueName: "name"))
  var namespace: String?
}
