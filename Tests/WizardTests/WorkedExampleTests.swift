import Foundation
import RouteForm
import Testing

@testable import Wizard

/// The worked examples step by step, from a blank route and by keys alone.
@Suite("worked examples, by keys")
struct WorkedExampleTests {
  static let policy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata:
      name: client-buffer-limit
      namespace: default
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
          name: my-gateway
      connection:
        bufferLimit: 50Mi
    ---

    """

  static let head = """
    apiVersion: aigateway.envoyproxy.io/v1alpha1
    kind: AIGatewayRoute
    metadata:
      name: openai-route
      namespace: default
    spec:
      parentRefs:
        - name: my-gateway
          kind: Gateway
          group: gateway.networking.k8s.io
      rules:

    """

  static let match = """
        - matches:
            - headers:
                - type: Exact
                  name: x-ai-eg-model
                  value: gpt-4o

    """

  /// A robot that has given the route and the Gateway their names, as steps 1 and 2 ask.
  static func named() -> Robot {
    var robot = Robot()
    robot.press("<C-v>openai-route<Tab><Tab><Tab>my-gateway")
    return robot
  }

  @Test("step 1: the buffer limit is attached to the Gateway")
  func buffer() {
    var robot = Robot()
    robot.press("<C-u>10Mi<Tab><Tab><Tab><Enter>")  // The preset 50Mi takes it back.
    robot.press("<Esc>2<C-t>route.spec.parentRefs[0].name<Enter>my-gateway")
    #expect(robot.yaml.hasPrefix(Self.policy))
  }

  @Test("step 2: one model to one backend")
  func route() {
    var robot = Self.named()
    robot.press("<C-v>gpt-4o<C-v>openai-backend")
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              backendRefs:
                - name: openai-backend

        """)
  }

  @Test("step 3: traffic split by weight")
  func split() {
    var robot = Self.named()
    robot.press("<C-v>gpt-4o<C-v>openai-backend<Tab><Tab>80")
    robot.press("<C-g>add-backend<Enter>azure-openai-backend<Tab><Tab>20")
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              backendRefs:
                - name: openai-backend
                  weight: 80
                - name: azure-openai-backend
                  weight: 20

        """)
  }

  @Test("step 3: failover by priority")
  func failover() {
    var robot = Self.named()
    robot.press("<C-v>gpt-4o<Esc>4primary-openai<Tab><Tab><Tab>0<Tab><Enter>")
    robot.press("fallback-openai<Tab><Tab><Tab>1")
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              backendRefs:
                - name: primary-openai
                  priority: 0
                - name: fallback-openai
                  priority: 1

        """)
  }

  @Test("step 4: a catch-all has no matches")
  func catchAll() {
    var robot = Self.named()
    robot.press("<C-v><Esc>x<C-t>route.spec.rules[0].backendRefs[0].name<Enter>my-openai-backend")
    #expect(
      robot.yaml == Self.policy + Self.head + """
            - backendRefs:
                - name: my-openai-backend

        """)
  }

  @Test("step 5: a longer timeout for streaming")
  func timeouts() {
    var robot = Self.named()
    robot.press("<C-v>gpt-4o<C-v>openai-backend<C-v><Tab><Tab><Enter>")
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              timeouts:
                request: 300s
              backendRefs:
                - name: openai-backend

        """)
  }

  @Test("step 6: another model name for a backend")
  func override() {
    var robot = Self.named()
    robot.press("<Esc>3gpt-4o<Esc>4azure-openai-backend<Esc>6gpt-4o")
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              backendRefs:
                - name: azure-openai-backend
                  modelNameOverride: gpt-4o

        """)
  }

  @Test("step 7: an InferencePool takes the backends' place")
  func pool() {
    var robot = Self.named()
    robot.press("<Esc>3gpt-4o<Esc>7<Space>my-inference-pool")
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              backendRefs:
                - name: my-inference-pool
                  group: inference.networking.k8s.io
                  kind: InferencePool

        """)
  }

  @Test("every step is reached and filled with Tab and Enter alone")
  func tabsOnly() {
    var robot = Robot()
    func next(_ robot: inout Robot) {
      for _ in 0..<40 where !robot.isOn(button: "Next: ") { robot.press("<Tab>") }
      robot.press("<Enter>")
    }
    next(&robot)
    robot.press("openai-route<Tab><Tab><Tab>my-gateway")
    next(&robot)
    robot.press("gpt-4o")
    next(&robot)
    robot.press("openai-backend")
    for _ in 0..<4 { next(&robot) }
    #expect(robot.wizard.navigation.step == .review)
    #expect(
      robot.yaml == Self.policy + Self.head + Self.match + """
              backendRefs:
                - name: openai-backend

        """)
  }
}
