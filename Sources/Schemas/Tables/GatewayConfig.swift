import YAML

extension ResourceKind {
  /// How AI Gateway runs beside the proxies of a Gateway, and what it counts there.
  package static let gatewayConfig = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "GatewayConfig",
    versions: [Version("v1beta1", isStored: true), Version("v1alpha1", isDeprecated: true)],
    help: "How AI Gateway runs beside the proxies of a Gateway, and what it counts there.",
    spec: Property(
      "spec", .object(SchemaTable.object(gatewayConfigFacts, parts: gatewayConfigParts)),
      help: "The external processor, its counts and its proxy. A Gateway names the object in its "
        + "annotation aigateway.envoyproxy.io/gateway-config.",
      source: Citation.aiGateway("api/v1beta1/gateway_config.go")),
    status: { SchemaTable.conditions })

  private static let gatewayConfigParts = SchemaTable.parts(
    """
    keyRef object
      key! text
      name text = ''
      optional bool
    amounts map
      - amount
    profile object
      localhostProfile text
      type! text
    """, and: SchemaTable.common)

  private static let gatewayConfigFacts = """
    extProc object # The external processor: the container that reads and rewrites requests.
      kubernetes object ; image => !imageRepository # How its container runs.
        env list # Environment variables; what they refer to is in the proxy's namespace.
          - object
            name! text
            value text
            valueFrom object
              configMapKeyRef use keyRef
              fieldRef object
                apiVersion text
                fieldPath! text
              fileKeyRef object
                key! text
                optional bool = false
                path! text
                volumeName! text
              resourceFieldRef object
                containerName text
                divisor amount
                resource! text
              secretKeyRef use keyRef
        image text ; @image # Its image, with the tag.
        imageRepository text ; @imageRepository # The image's repository; the tag is the release's.
        resources object # CPU and memory: requests and limits.
          claims list by name
            - object
              name! text
              request text
          limits use amounts
          requests use amounts
        securityContext object # Its security context, which replaces the whole default one.
          allowPrivilegeEscalation bool
          appArmorProfile use profile
          capabilities object
            add use texts
            drop use texts
          privileged bool
          procMount text
          readOnlyRootFilesystem bool
          runAsGroup long
          runAsNonRoot bool
          runAsUser long
          seLinuxOptions object
            level text
            role text
            type text
            user text
          seccompProfile use profile
          windowsOptions object
            gmsaCredentialSpec text
            gmsaCredentialSpecName text
            hostProcess bool
            runAsUserName text
        volumeMounts list # Where volumes are mounted; the EnvoyProxy defines them.
          - object
            mountPath! text
            mountPropagation text
            name! text
            readOnly bool
            recursiveReadOnly text
            subPath text
            subPathExpr text
    forwardProxy object ; since 1.1 # The forward proxy through which providers are reached.
      address! text 1.. # Its host and port, such as 10.0.0.9:3128.
    globalLLMRequestCosts list by metadataKey # Token counts to keep for every route.
      - object
        cel text # The computation for type CEL, over unsigned token counts.
        metadataKey! text # The name under which the number is kept, for rate limits and logs.
        type! choice OutputToken InputToken CachedInputToken CacheCreationInputToken TotalToken \
            ReasoningToken CEL # Which tokens are counted; CEL computes a number from all of them.
    """
}
