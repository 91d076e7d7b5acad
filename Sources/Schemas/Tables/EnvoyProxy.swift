import YAML

extension ResourceKind {
  /// How the proxies of a Gateway run: every field, but nothing of what stands in those that are
  /// Kubernetes' own, such as `pod`, nor in `mergeBackends` of a later release.
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
    container object ; image => !imageRepository # The container that Envoy runs in.
      env any # Environment variables of the container.
      image text ; @image # The image with its tag, instead of the default one.
      imageRepository text ; @imageRepository \
          # The repository of the image; its tag stays the default one.
      resources any # How much CPU and memory the container asks for and may use.
      securityContext any # The security options of the container.
      volumeMounts any # Where volumes are mounted in the container.
    filter choice envoy.filters.http.custom_response envoy.filters.http.health_check \
        envoy.filters.http.fault envoy.filters.http.cors envoy.filters.http.header_mutation \
        envoy.filters.http.ext_authz envoy.filters.http.api_key_auth envoy.filters.http.basic_auth \
        envoy.filters.http.oauth2 envoy.filters.http.jwt_authn envoy.filters.http.stateful_session \
        envoy.filters.http.buffer envoy.filters.http.lua envoy.filters.http.ext_proc \
        envoy.filters.http.wasm envoy.filters.http.dynamic_modules envoy.filters.http.geoip \
        envoy.filters.http.rbac envoy.filters.http.local_ratelimit envoy.filters.http.ratelimit \
        envoy.filters.http.bandwidth_limit envoy.filters.http.grpc_web \
        envoy.filters.http.grpc_stats envoy.filters.http.credential_injector \
        envoy.filters.http.compressor envoy.filters.http.dynamic_forward_proxy \
        # A filter of Envoy's HTTP filter chain.
    sentHeaders list 1..32
      - use namedHeader
    labels map # Names with their texts.
      - text # The text of a name.
    collector object with servers ; host | backendRefs+ ; !backendRef \
        ; backendRefs[].kind=Service,Backend ; @telemetryGroups
      headers use sentHeaders # Headers that are sent along.
      host text # The host of the collector; deprecated, use backendRefs.
      port int 0.. # The port of the collector; deprecated, use backendRefs.
      resourceAttributes use labels \
          # Attributes that say where the data comes from, besides those of the proxy.
    database object # A database file.
      local! object # A file in the proxy's container.
        path! text databaseFile # The path of the file.
    changes object # What is laid over the object that Envoy Gateway makes.
      type text # How it is laid over: StrategicMerge or JSONMerge.
      value! any # The fields that are laid over.
    """, and: SchemaTable.security)

  private static let envoyProxyFacts = """
    backendTLS use backendTLSSettings # How TLS is used towards backends that have a TLS policy.
    bootstrap object ; type=JSONPatch => jsonPatches+ ; type!=JSONPatch => value \
        # Changes or replaces the configuration that Envoy starts with.
      jsonPatches list \
          # Changes to the default configuration, one after the other, for type JSONPatch.
        - object # A change to the default configuration (RFC 6902).
          from text # Where the value is moved or copied from, for move and copy.
          jsonPath text # Which places are changed, as a JSONPath.
          op! choice add remove replace move copy test \
              # What is done: add, remove, replace, move, copy or test.
          path text # The place that is changed, as a JSON Pointer.
          value any # The new value, for add and replace.
      type choice Merge Replace JSONPatch = Replace \
          # Whether value replaces the default configuration, is merged into it, or patches change \
          it.
      value text # The configuration as YAML in a text, for Replace and Merge.
    concurrency int # The number of Envoy's worker threads; one for each CPU thread if left out.
    dynamicModules list ..16 by name ; since 0.7 \
        # The dynamic modules that policies may use, by name.
      - object # A dynamic module that policies may use.
        doNotClose bool = false # Whether the module stays loaded though nothing uses it any more.
        loadGlobally bool = false # Whether other modules see the symbols of the module.
        name! text 1..253 moduleName # The name by which policies use the module.
        source! object ; type=Remote => remote ; type=Remote => !local ; type!=Remote => local \
            ; type!=Remote => !remote \
            # Where the module is loaded from.
          local object # A file in the proxy's container.
            path! text 1..4096 # The absolute path of the module's .so file.
          remote object # A file that Envoy downloads.
            sha256! text sha256 # The SHA-256 hash that the download must have.
            url! text 1..4096 httpURL # The address of the module's .so file.
          type choice Local Remote = Local \
              # Whether the file is local or downloaded; Local if left out.
    extraArgs use texts # Further command line options of Envoy.
    filterOrder list # Moves filters in Envoy's HTTP filter chain, one after the other.
      - object ; before | after ; before => !after # A filter and its new place.
        after use filter # The filter behind which it stands.
        before use filter # The filter before which it stands.
        name! use filter # The filter that is moved.
    geoIP object ; since 0.7 # Where clients are looked up by their addresses.
      provider object ; type=MaxMind => maxMind # The databases of addresses.
        maxMind object \
            ; cityDbSource | countryDbSource | asnDbSource | ispDbSource | anonymousIpDbSource \
            # Databases of MaxMind.
          anonymousIpDbSource use database \
              # The database of anonymous addresses, such as those of VPNs.
          asnDbSource use database # The database of networks (ASN).
          cityDbSource use database # The database of cities.
          countryDbSource use database # The database of countries.
          ispDbSource use database # The database of internet providers.
        type! choice MaxMind # The kind of databases.
    ipFamily choice IPv4 IPv6 DualStack \
        # The family of addresses on which the listeners take connections; IPv4 if left out.
    logging object # What Envoy logs of itself.
      level map # The level of each component, such as default: warn, which holds if left out.
        - choice trace debug info warn error \
            ; since next as choice trace debug info warn error off critical \
            # The least grave messages that a part of Envoy logs.
    luaValidation choice Strict InsecureSyntax Disabled \
        # How strictly Lua scripts of policies are checked; Strict if left out.
    mergeBackends any ; since next \
        # Lets rules with the same backend share one Envoy cluster; not done if left out.
    mergeGateways bool \
        # Whether all Gateways of the class share the same proxies; false if left out.
    mergeType choice Replace StrategicMerge JSONMerge ; since 0.7 \
        # How these settings join those of the GatewayClass and of Envoy Gateway; left out, they \
        replace them.
    preserveRouteOrder bool \
        # Whether rules of HTTPRoutes are tried in the order in which they are written; false if \
        left out.
    provider object # Where the proxies run.
      host object # The proxies run as processes on the host, for type Host.
        envoyVersion text \
            # The version of Envoy; the one that Envoy Gateway was built for if left out.
      kubernetes object ; envoyDeployment => !envoyDaemonSet ; envoyDaemonSet => !envoyHpa \
          # The objects of Kubernetes that the proxies run as, for type Kubernetes.
        envoyDaemonSet object \
            # The proxies run as a DaemonSet, one on each node, instead of a Deployment.
          container use container
          name text # The name of the DaemonSet; generated if left out.
          patch use changes # A patch for the DaemonSet.
          pod any # The settings of its Pods.
          strategy any # How its Pods are replaced by new ones.
        envoyDeployment object # The Deployment that the proxies run as.
          container use container
          initContainers any # Containers that run before Envoy starts.
          name text # The name of the Deployment; generated if left out.
          patch use changes # A patch for the Deployment.
          pod any # The settings of its Pods.
          replicas int # The number of Pods; 1 if left out.
          strategy any # How its Pods are replaced by new ones.
        envoyHpa object ; minReplicas<=maxReplicas \
            # Changes the number of Pods of the Deployment with the load \
            (HorizontalPodAutoscaler).
          behavior any # How fast Pods come and go.
          maxReplicas! int 1.. # The largest number of Pods.
          metrics any # What is measured; 80% of the CPU on average if left out.
          minReplicas int 1.. # The smallest number of Pods; 1 if left out.
          name text # The name of the HorizontalPodAutoscaler; generated if left out.
          patch use changes # A patch for the HorizontalPodAutoscaler.
        envoyPDB object ; minAvailable | maxUnavailable ; minAvailable => !maxUnavailable \
            # How many Pods may be stopped on purpose at the same time (PodDisruptionBudget).
          maxUnavailable any # Pods that may be away at the same time, as a number or a percentage.
          minAvailable any # Pods that must stay, as a number or a percentage.
          name text # The name of the PodDisruptionBudget; generated if left out.
          patch use changes # A patch for the PodDisruptionBudget.
        envoyService object ; type!=LoadBalancer => !allocateLoadBalancerNodePorts \
            ; type!=LoadBalancer => !loadBalancerSourceRanges \
            ; type!=LoadBalancer => !loadBalancerIP \
            # The Service through which clients reach the proxies.
          allocateLoadBalancerNodePorts bool \
              # Whether the load balancer gets node ports; true if left out.
          annotations use labels # Annotations of the Service.
          externalTrafficPolicy choice Local Cluster \
              # Whether only Pods on the node that a connection reaches take it (Local), the \
              default, or all (Cluster).
          labels use labels # Labels of the Service.
          loadBalancerClass text # The implementation of the load balancer, where there are several.
          loadBalancerIP text # The address of the load balancer, where its provider can set it.
          loadBalancerSourceRanges use texts \
              # The addresses that the load balancer lets through, where its provider can do that.
          name text # The name of the Service; generated if left out.
          patch use changes # A patch for the Service.
          type choice ClusterIP LoadBalancer NodePort = LoadBalancer \
              # Who can reach the Service: all through a load balancer, all through ports of \
              nodes, or only the cluster.
        envoyServiceAccount object # The ServiceAccount of the proxies.
          name text # The name of the ServiceAccount; generated if left out.
        useListenerPortAsContainerPort bool \
            # Whether Envoy listens on ports below 1024 themselves; false if left out: it takes \
            higher ones.
      type! choice Kubernetes Host # Whether the proxies run in Kubernetes or on the host.
    routingType text \
        # Whether requests go to the endpoints of a Service (Endpoint), the default, or to its \
        cluster IP (Service).
    shutdown object # How a proxy ends.
      drainTimeout duration # How long open connections may last when a proxy ends; 60s if left out.
      healthCheckFailureDelay any ; since next \
          # How long health checks still succeed when a proxy ends; 0s if left out.
      minDrainDuration duration # How long a proxy goes on at least when it ends; 10s if left out.
    telemetry object # What is logged, measured and traced.
      accessLog object \
          # The log of requests; in the default format to the standard output if left out.
        disable bool # Whether no requests are logged.
        settings list 1..50 # What is logged, how and where.
          - object # A log of requests.
            format object ; text | json ; type=Text => text ; type=Text => !json \
                ; type=JSON => json ; type=JSON => !text \
                # What a line of the log holds.
              json use labels \
                  # The keys of a line and their values; command operators (%...%) may stand in \
                  them.
              text text # The text of a line; command operators (%...%) may stand in it.
              type choice Text JSON # Whether lines are texts or JSON.
            matches list ..10 \
                # Which requests are logged: those for which a CEL expression is true; all if left \
                out.
              - text # A CEL expression.
            sinks! list 1..50 # Where the log goes.
              - object ; type ? ALS:als File:file OpenTelemetry:openTelemetry \
                  # A place that the log goes to.
                als object with servers ; type=HTTP | !http ; !backendRef ; backendRefs+ \
                    ; backendRefs[].kind=Service,Backend ; @telemetryGroups \
                    # A gRPC access log service, for type ALS.
                  http object # What is logged of HTTP requests besides the rest.
                    requestHeaders use texts # The request headers that are logged.
                    responseHeaders use texts # The response headers that are logged.
                    responseTrailers use texts # The response trailers that are logged.
                  logName text 1.. # The name of the log, by which the service tells logs apart.
                  type! choice HTTP TCP # Whether HTTP requests or TCP connections are logged.
                file object # A file, for type File.
                  path text 1.. # The path of the file, such as /dev/stdout.
                openTelemetry object with collector \
                    # The OpenTelemetry collector that the log is sent to, for type \
                    OpenTelemetry.
                  resources use labels \
                      # Attributes that say where the data comes from; deprecated, use \
                      resourceAttributes.
                type! choice ALS File OpenTelemetry # The kind of place.
            type choice Listener Route Upstream \
                # What is logged: requests at the listener, on a route or to a backend.
      healthCheckLog any ; since next # The log of health checks.
      metrics object # What is measured.
        clusterStatName text \
            # The name under which metrics of a backend are counted, such as %ROUTE_NAME%.
        enableGRPCStats bool ; since 0.7 # Whether gRPC is measured; left out, only for GRPCRoutes.
        enablePerEndpointStats bool \
            # Whether each endpoint is measured by itself, which makes many metrics.
        enableRequestResponseSizesStats bool # Whether sizes of requests and responses are measured.
        enableVirtualHostStats bool # Whether each host is measured by itself.
        matches use stringMatches # The metrics that are kept, by their names; all if left out.
        prometheus object # The endpoint for Prometheus.
          compression object # Compresses what the endpoint answers.
            brotli any # Settings of type Brotli; it has none so far.
            gzip any # Settings of type Gzip; it has none so far.
            minContentLength size \
                # The smallest answer in bytes that is compressed, at least 30; 30 if left out.
            type! choice Gzip Brotli Zstd # The algorithm.
            zstd any # Settings of type Zstd; it has none so far.
          disable bool # Whether there is no endpoint for Prometheus.
        sinks list ..16 # Where metrics are sent to.
          - object ; type ? OpenTelemetry:openTelemetry # A place that metrics are sent to.
            openTelemetry object with collector \
                # The OpenTelemetry collector that metrics are sent to.
              reportCountersAsDeltas bool \
                  # Whether counters are sent as what was added since the last time, not as totals.
              reportHistogramsAsDeltas bool \
                  # Whether histograms are sent as what was added since the last time, not as \
                  totals.
            type! choice OpenTelemetry = OpenTelemetry # The kind of place.
      requestID object # How ids of requests are made.
        tracing choice PackAndSample Sample Pack Disable \
            # Whether the id of a request says if it is traced, and decides that; PackAndSample, \
            both, if left out.
      tracing object with tracingSettings ; samplingRate => !samplingFraction \
          # How requests are traced; they are not if left out.
        clientSamplingFraction any ; since next \
            # The share of requests that are traced because the client asks for it; none if left \
            out.
        overallSamplingFraction any ; since next \
            # The share of requests that stay traced after every other decision.
        provider! object with servers ; host | backendRefs+ ; !backendRef ; openTelemetry => type=OpenTelemetry \
            ; backendRefs[].kind=Service,Backend ; @telemetryGroups \
            # Where traces are sent to.
          host text # The host of the server; deprecated, use backendRefs.
          openTelemetry object # Settings of type OpenTelemetry.
            headers use sentHeaders # Headers that are sent along.
            resourceAttributes use labels # Attributes that say where the traces come from.
            sampler object ; since 0.7 \
                ; samplingPercentage => type=TraceIdRatio,ParentBasedTraceIdRatio \
                # Which traces are sent on.
              samplingPercentage use fraction # The share of the requests that are traced.
              type! choice AlwaysOn AlwaysOff TraceIdRatio ParentBasedAlwaysOn \
                  ParentBasedAlwaysOff ParentBasedTraceIdRatio = AlwaysOn \
                  # By what it is decided which requests are traced.
          port int 0.. # The port of the server; deprecated, use backendRefs.
          serviceName text 1.. \
              # The name of the service in traces; NAME.NAMESPACE of the Gateway if left out.
          type! choice OpenTelemetry Zipkin Datadog = OpenTelemetry # The kind of server.
          zipkin object # Settings of type Zipkin.
            disableSharedSpanContext bool \
                # Whether the client's and the server's span have ids of their own.
            enable128BitTraceId bool \
                # Whether new trace ids have 128 bits, not 64; false if left out.
        samplingRate int 0..100 \
            # The percentage of requests that are traced where nothing else has decided; 100 if \
            left out.
    """
}
