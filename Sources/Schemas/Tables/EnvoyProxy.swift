import YAML

extension ResourceKind {
  /// How the proxies of a Gateway run: every field, but nothing of what stands in those that are
  /// Kubernetes' own, such as `pod`.
  package static let envoyProxy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "EnvoyProxy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How the proxies of a Gateway run.",
    spec: Property(
      "spec", .object(SchemaTable.object(envoyProxyFacts, parts: envoyProxyParts)),
      isRequired: true,
      help: "Where the proxies run, and as what.",
      source: "envoyproxy/gateway v1.8.1, CRD envoyproxies, line 43"),
    status: { SchemaTable.ancestors })

  private static let envoyProxyParts = SchemaTable.parts(
    """
    container object ; image => !imageRepository
      env any
      image text ; @image
      imageRepository text ; @imageRepository
      resources any
      securityContext any
      volumeMounts any
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
    sentHeaders list
      - object
        name any
        value any
    collector object ; host | backendRefs+ ; !backendRef
      backendRef any
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      headers use sentHeaders
      host text
      port int 0..
      resourceAttributes any
      resources any
    metricsCollector object ; host | backendRefs+ ; !backendRef
      backendRef any
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      headers use sentHeaders
      host text
      port int 0..
      reportCountersAsDeltas bool
      reportHistogramsAsDeltas bool
      resourceAttributes any
    database object
      local object
        path any
    """, and: SchemaTable.security)

  private static let envoyProxyFacts = """
    backendTLS object ; minVersion=1.3 => !ciphers ; @tlsVersions
      alpnProtocols any
      ciphers use texts
      clientCertificateRef use secretRef
      ecdhCurves use texts
      fingerprints any ; since 0.7
      maxVersion choice Auto 1.0 1.1 1.2 1.3
      minVersion choice Auto 1.0 1.1 1.2 1.3
      signatureAlgorithms use texts
    bootstrap object ; type=JSONPatch => jsonPatches+ ; type!=JSONPatch => value
      jsonPatches list
        - object
          from any
          jsonPath any
          op any
          path any
          value any
      type choice Merge Replace JSONPatch = Replace
      value text
    concurrency int
    dynamicModules list ; since 0.7
      - object
        doNotClose bool
        loadGlobally bool
        name any
        source object
          local object
            path any
          remote object
            sha256 any
            url any
          type any
    extraArgs use texts
    filterOrder list
      - object ; before | after ; before => !after
        after use filter
        before use filter
        name! use filter
    geoIP object ; since 0.7
      provider object
        maxMind object
          anonymousIpDbSource use database
          asnDbSource use database
          cityDbSource use database
          countryDbSource use database
          ispDbSource use database
        type any
    ipFamily choice IPv4 IPv6 DualStack
    logging object
      level any
    luaValidation any
    mergeBackends any ; since next
    mergeGateways bool
    mergeType any ; since 0.7
    preserveRouteOrder bool
    provider object
      host object
        envoyVersion any
      kubernetes object ; envoyDeployment => !envoyDaemonSet ; envoyDaemonSet => !envoyHpa
        envoyDaemonSet object
          container use container
          name text
          patch any
          pod any
          strategy any
        envoyDeployment object
          container use container
          initContainers any
          name text
          patch any
          pod any
          replicas int
          strategy any
        envoyHpa object ; minReplicas<=maxReplicas
          behavior any
          maxReplicas! int 1..
          metrics any
          minReplicas int 1..
          name any
          patch any
        envoyPDB object ; minAvailable | maxUnavailable ; minAvailable => !maxUnavailable
          maxUnavailable any
          minAvailable any
          name any
          patch any
        envoyService object ; type!=LoadBalancer => !allocateLoadBalancerNodePorts \
            ; type!=LoadBalancer => !loadBalancerSourceRanges \
            ; type!=LoadBalancer => !loadBalancerIP
          allocateLoadBalancerNodePorts bool
          annotations any
          externalTrafficPolicy choice Local Cluster
          labels any
          loadBalancerClass any
          loadBalancerIP text
          loadBalancerSourceRanges use texts
          name any
          patch any
          type choice ClusterIP LoadBalancer NodePort = LoadBalancer
        envoyServiceAccount object
          name text
        useListenerPortAsContainerPort bool
      type! choice Kubernetes Host
    routingType any
    shutdown object
      drainTimeout duration
      healthCheckFailureDelay any ; since next
      minDrainDuration duration
    telemetry object
      accessLog object
        disable bool
        settings list 1..50
          - object
            format object ; text | json ; type=Text => text ; type=Text => !json \
                ; type=JSON => json ; type=JSON => !text
              json any
              text text
              type choice Text JSON
            matches list ..10
              - text
            sinks! list 1..50
              - object ; type ? ALS:als File:file OpenTelemetry:openTelemetry
                als object ; type=HTTP | !http ; !backendRef ; backendRefs+
                  backendRef any
                  backendRefs use fallbackRefs
                  backendSettings use clusterSettings
                  http object
                    requestHeaders any
                    responseHeaders any
                    responseTrailers any
                  logName text 1..
                  type! choice HTTP TCP
                file object
                  path text 1..
                openTelemetry use collector
                type choice ALS File OpenTelemetry
            type choice Listener Route Upstream
      healthCheckLog any ; since next
      metrics object
        clusterStatName any
        enableGRPCStats bool ; since 0.7
        enablePerEndpointStats bool
        enableRequestResponseSizesStats bool
        enableVirtualHostStats bool
        matches list
          - object
            type any
            value any
        prometheus object
          compression object
            brotli any
            gzip any
            minContentLength any
            type any
            zstd any
          disable bool
        sinks list ..16
          - object ; type ? OpenTelemetry:openTelemetry
            openTelemetry use metricsCollector
            type! choice OpenTelemetry = OpenTelemetry
      requestID object
        tracing choice PackAndSample Sample Pack Disable
      tracing object ; samplingRate => !samplingFraction
        clientSamplingFraction any ; since next
        customTags any
        overallSamplingFraction any ; since next
        provider! object ; host | backendRefs+ ; !backendRef ; openTelemetry => type=OpenTelemetry
          backendRef any
          backendRefs use fallbackRefs
          backendSettings use clusterSettings
          host text
          openTelemetry object
            headers use sentHeaders
            resourceAttributes any
            sampler any ; since 0.7
          port int 0..
          serviceName any
          type! choice OpenTelemetry Zipkin Datadog = OpenTelemetry
          zipkin object
            disableSharedSpanContext bool
            enable128BitTraceId bool
        samplingFraction use fraction
        samplingRate int 0..100
        spanName object
          client! text
          server! text
        tags any
    """
}
