import type { Entity } from '../../shared/domain/inventory.ts';
import type { Destination } from '../../shared/domain/migration.ts';
import { parseFindingWords } from '../../shared/planning/finding-query.ts';
import { narrowed, overviewOf } from '../../shared/planning/overview.ts';
import { evaluate, evaluatePair, evaluateVm, evaluateWhole, type PlannedMove } from '../../shared/rules/evaluate.ts';
import { hostsByCluster, targetOf } from '../../shared/rules/target.ts';
import {
  aCluster,
  aDatastore,
  aHost,
  aMove,
  aNetwork,
  aPool,
  aSwitch,
  aVm,
  destinationOf,
  idOf,
} from '../support/inventory-builders.ts';
import { aPrecautionContext } from '../support/precautions.ts';
import { type Benchmark, figure } from './report.ts';

const vmCount = 10_000;
const clusters = 10;
const hostsEach = 20;
const networksEach = 20;

/** Ten clusters of twenty hosts; every VM has one adapter on a network of its own cluster, and every second one runs. */
const aLargeSite = (): { readonly entities: readonly Entity[]; readonly destinations: readonly Destination[] } => {
  const entities: Entity[] = [];
  const destinations: Destination[] = [];
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const own = aCluster({ name: `c${cluster}` });
    const pool = aPool({ name: `p${cluster}`, owner: own.id });
    const networks = Array.from({ length: networksEach }, (_, index) =>
      aNetwork({
        name: `net-${index}`,
        id: idOf('network', `net-${cluster}-${index}`),
        switch: idOf('switch', `s${cluster}`),
      }),
    );
    const hosts = Array.from({ length: hostsEach }, (_, index) =>
      aHost({
        name: `h${cluster}-${index}`,
        cluster: own.id,
        networks: networks.map((network) => network.id),
        datastores: [idOf('datastore', `d${cluster}`)],
      }),
    );
    entities.push(
      own,
      pool,
      aDatastore({ name: `d${cluster}` }),
      aSwitch({ name: `s${cluster}` }),
      ...networks,
      ...hosts,
    );
    destinations.push(destinationOf(own), destinationOf(pool), ...hosts.slice(0, 3).map(destinationOf));
  }
  for (let index = 0; index < vmCount; index += 1) {
    const cluster = index % clusters;
    const network = idOf('network', `net-${cluster}-${index % networksEach}`);
    entities.push(
      aVm({
        name: `vm-${index}`,
        host: idOf('host', `h${cluster}-${index % hostsEach}`),
        pool: idOf('pool', `p${cluster}`),
        powerState: index % 2 === 0 ? 'on' : 'off',
        adapters: [
          {
            key: '4000',
            label: 'Network adapter 1',
            network,
            networkName: `net-${index % networksEach}`,
            srIov: false,
          },
        ],
      }),
    );
  }
  return { entities, destinations };
};

const timed = (work: () => void): number => {
  const before = performance.now();
  work();
  return performance.now() - before;
};

/** All VMs against all destinations through all rules, a search for one finding, and a drag of a hundred VMs over one pool. */
export const rulesBench: Benchmark = {
  name: 'Precautions',
  run: async ({ quick }) => {
    const { entities, destinations } = aLargeSite();
    const context = aPrecautionContext(entities);
    const hosts = hostsByCluster(context.inventory);
    const target = (destination: Destination) =>
      targetOf(destination, { host: null, datastore: null }, context.inventory, hosts);
    const movesTo = (destination: Destination): readonly PlannedMove[] =>
      entities.flatMap((vm) => {
        if (vm.kind !== 'virtual-machine') return [];
        return [{ vm, move: aMove(vm, destination, { method: vm.powerState === 'on' ? 'hot' : 'cold-evacuate' }) }];
      });
    const [first] = destinations;
    if (first === undefined) return { cannotRun: 'no destination' };
    const moves = movesTo(first);
    const everything = (): void => {
      for (const move of moves) evaluateVm(move, context);
      for (const destination of destinations) {
        const there = target(destination);
        for (const move of moves) evaluatePair(move, there, context);
        evaluateWhole(moves, there, context);
      }
    };
    const dragged = moves.slice(0, 100);
    const there = target(destinations.at(-1) ?? first);
    const drag = (): void => void evaluate(dragged, there, context);
    const search = (): void => {
      const query = parseFindingWords(['rdm']);
      for (const { vm } of moves) narrowed(overviewOf(vm, context, []), query);
    };
    everything();
    search();
    for (let warm = 0; warm < 200; warm += 1) drag();
    const rounds = quick ? 3 : 7;
    const all = Array.from({ length: rounds }, () => timed(everything));
    const searches = Array.from({ length: rounds }, () => timed(search));
    const drags = Array.from({ length: rounds * 30 }, () => timed(drag));
    const everythingName = `${vmCount.toLocaleString('en-US')} VMs against ${destinations.length} destinations, all rules`;
    return {
      figures: [
        figure(everythingName, all, 'ms', { aim: 1_000 }),
        figure(`a search of ${vmCount.toLocaleString('en-US')} VMs for a finding`, searches, 'ms'),
        figure('a drag of 100 VMs over one destination, all rules', drags, 'ms', { aim: 2 }),
      ],
    };
  },
};
