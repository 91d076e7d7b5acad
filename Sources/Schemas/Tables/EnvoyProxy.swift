import YAML

extension ResourceKind {
  /// How the proxies of a Gateway run, without what Kubernetes itself says of Pods: a field that does
  /// not stand here may still be one of the kind.
  package static let envoyProxy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "EnvoyProxy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How the proxies of a Gateway run.",
    spec: Property(
      "spec", .object(SchemaTable.object(envoyProxyFacts, parts: envoyProxyParts)),
      isRequired: true,
      help: "Where the proxies run, and as what.",
      source: "envoyproxy/gateway v1.8.1, CRD envoyproxies, line 43"))

  private static let envoyProxyParts = SchemaTable.parts(
    """
    container object ; image => !imageRepository
      image text ; @image
      imageRepository text ; @imageRepository
    filter choice envoy.filters.http.custom_response envoy.filters.http.health_check \
        envoy.filters.http.fault envoy.filters.http.cors envoy.filters.http.header_mutation \
        envoy.filters.http.ext_authz envoy.filters.http.api_key_auth envoy.filters.http.basic_auth \
        envoy.filters.http.oauth2 envoy.filters.http.jwt_authn envoy.filters.http.stateful_session \
        envoy.filters.http.buffer envoy.filters.http.lua envoy.filters.http.ext_proc \
        envoy.filters.http.wasm envoy.filters.http.dynamic_modules envoy.filters.http.geoip \
        envoy.filters.http.rbac envoy.filters.http.local_ratelimit envoy.filters.http.ratelimit \
        envoy.filters.http.bandwidth_limit envoy.filters.http.grpc_web envoy.filters.http.grpc_stats \
        envoy.filters.http.credential_injector envoy.filters.http.compressor \
        envoy.filters.http.dynamic_forward_proxy
    collector object ; host | backendRefs+ ; !backendRef
      host text
      port int 0..
    """, and: SchemaTable.common)

  private static let envoyProxyFacts = """
    backendTLS object ; minVersion=1.3 => !ciphers ; @tlsVersions
      ciphers use texts
      maxVersion choice Auto 1.0 1.1 1.2 1.3
      minVersion choice Auto 1.0 1.1 1.2 1.3
    bootstrap object ; type=JSONPatch => jsonPatches+ ; type!=JSONPatch => value
      type choice Merge Replace JSONPatch = Replace
      value text
    concurrency int
    filterOrder list
      - object ; before | after ; before => !after
        after use filter
        before use filter
        name! use filter
    ipFamily choice IPv4 IPv6 DualStack
    mergeGateways bool
    preserveRouteOrder bool
    provider object
      kubernetes object ; envoyDeployment => !envoyDaemonSet ; envoyDaemonSet => !envoyHpa
        envoyDaemonSet object
          container use container
          name text
        envoyDeployment object
          container use container
          name text
          replicas int
        envoyHpa object ; minReplicas<=maxReplicas
          maxReplicas! int 1..
          minReplicas int 1..
        envoyPDB object ; minAvailable | maxUnavailable ; minAvailable => !maxUnavailable
          maxUnavailable any
          minAvailable any
        envoyService object ; type!=LoadBalancer => !allocateLoadBalancerNodePorts \
            ; type!=LoadBalancer => !loadBalancerSourceRanges \
            ; type!=LoadBalancer => !loadBalancerIP
          externalTrafficPolicy choice Local Cluster
          loadBalancerIP text
          loadBalancerSourceRanges use texts
          type choice ClusterIP LoadBalancer NodePort = LoadBalancer
        envoyServiceAccount object
          name text
      type! choice Kubernetes Host
    shutdown object
      drainTimeout duration
      minDrainDuration duration
    telemetry object
      accessLog object
        settings list 1..50
          - object
            format object ; text | json ; type=Text => text ; type=Text => !json \
                ; type=JSON => json ; type=JSON => !text
              text text
              type choice Text JSON
            matches list ..10
              - text
            sinks! list 1..50
              - object ; type ? ALS:als File:file OpenTelemetry:openTelemetry
                als object ; type=HTTP | !http ; !backendRef ; backendRefs+
                  logName text 1..
                  type! choice HTTP TCP
                file object
                  path text 1..
                openTelemetry use collector
                type choice ALS File OpenTelemetry
            type choice Listener Route Upstream
      metrics object
        sinks list ..16
          - object ; type ? OpenTelemetry:openTelemetry
            openTelemetry use collector
            type! choice OpenTelemetry = OpenTelemetry
      requestID object
        tracing choice PackAndSample Sample Pack Disable
      tracing object ; samplingRate => !samplingFraction
        provider! object ; host | backendRefs+ ; !backendRef ; openTelemetry => type=OpenTelemetry
          host text
          port int 0..
          type! choice OpenTelemetry Zipkin Datadog = OpenTelemetry
        samplingFraction use fraction
        samplingRate int 0..100
        spanName object
          client! text
          server! text
    """
}
