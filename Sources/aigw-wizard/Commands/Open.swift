import ArgumentParser
import Cluster
import Resources
import YAML
import Wizard

/// `aigw-wizard open NS/NAME --cluster`: the wizard with a route from the cluster.
struct Open: Subcommand {
  static let configuration = CommandConfiguration.command(
    "open", "[<options>] [<namespace>/]<name>",
    "Opens a route from the cluster in the wizard; saving writes a file.",
    exit: "as for the wizard; 1 if the route cannot be read")

  @Argument(help: ArgumentHelp("The AIGatewayRoute.", valueName: "[namespace/]name"))
  var route: String
  @OptionGroup var target: TargetOption
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var release: ReleaseOption
  @OptionGroup(title: "The cluster") var cluster: ClusterOptions

  func validate() throws { try Self.checkRoute(route) }

  func perform() throws(Failure) -> Int32 {
    let text: String
    do throws(ClusterError) {
      let kubectl = cluster.kubectl
      let setting = try kubectl.setting()
      let key = ObjectKey(named: route, in: setting.namespace)
      guard let node = try kubectl.route(key) else {
        throw ClusterError.other("no AIGatewayRoute \(key) in cluster \(setting.context)")
      }
      text = node.kubectlText
    } catch {
      ClusterOptions.printMessage(of: error)
      return Exit.unreadable
    }
    guard var wizard = try? AIGWWizard.parse([]) else { return Exit.usage }
    wizard.target = target
    wizard.screen = screen
    wizard.release = release
    wizard.cluster = cluster
    return Session.run(
      wizard,
      given: [FileContent(path: OpenedFile.standardInput, content: .bytes(Array(text.utf8)))])
  }
}
