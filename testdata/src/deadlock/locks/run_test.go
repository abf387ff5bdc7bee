//go:build run

package locks

import (
	"runtime"
	"testing"

	"example.com/corpus/silent/outcome"
	shared "example.com/corpus/unlock/lease"
)

func newSessions() *sessions {
	s := &sessions{ids: []int{2, 1}}
	s.all.Store(1, 1)
	return s
}

func newGauge() *gauge {
	g := &gauge{named: map[string]func(){}}
	mirror(g, new(int))
	return g
}

// many calls a function until an order of the goroutines has come up in which it
// hangs.
func many(f func(n int)) {
	for n := range 1_000_000 {
		f(n)
	}
}

func TestOutcome(t *testing.T) {
	outcome.Check(t, map[string]outcome.Case{
		"relaySet":           {func() { r := newRelay(); many(func(n int) { r.set(n + 1) }) }, outcome.Hangs},
		"relaySetOutside":    {func() { r := newRelay(); r.setOutside(1); r.setOutside(2); r.setOutside(3) }, outcome.Returns},
		"kitchenOrder":       {func() { newKitchen().order("soup") }, outcome.Hangs},
		"kitchenOrderAtOnce": {func() { newKitchen().orderAtOnce("soup") }, outcome.Hangs},
		"kitchenOrderFirst":  {func() { newKitchen().orderFirst("soup") }, outcome.Returns},
		"kitchenOrderLast":   {func() { newKitchen().orderLast("soup") }, outcome.Hangs},
		"lent":               {func() { l := new(shared.Lease); lent(l); lent(l) }, outcome.Returns},
		"kept":               {func() { kept(new(shared.Lease)) }, outcome.Hangs},
		"kitchenWhole":       {func() { newKitchen().whole("soup") }, outcome.Hangs},
		"kitchenHalf":        {func() { newKitchen().half("soup") }, outcome.Returns},
		"kitchenSwap":        {func() { newKitchen().swap(newKitchen(), "soup") }, outcome.Returns},
		"kitchenOrderWaiter": {func() { newKitchen().orderWaiter("soup") }, outcome.Returns},
		"kitchenRound": {func() {
			k := newKitchen()
			k.next = newKitchen()
			k.round()
		}, outcome.Returns},
		"kitchenEnter":      {func() { newKitchen().enter("soup") }, outcome.Returns},
		"kitchenEnterTwice": {func() { newKitchen().enterTwice("soup") }, outcome.Returns},
		"kitchenRead":       {func() { newKitchen().read("soup") }, outcome.Returns},
		"kitchenOrderAny":   {func() { newKitchen().orderAny("soup") }, outcome.Returns},
		"relayStop":         {func() { newRelay().stop() }, outcome.Returns}, // unless a value is on its way
		"relayStopOutside":  {func() { newRelay().stopOutside() }, outcome.Returns},
		"relaySetUnlocked":  {func() { r := newRelay(); r.setUnlocked(1); r.setUnlocked(2) }, outcome.Returns},
		"relaySetLater":     {func() { r := newRelay(); r.setLater(1); r.setLater(2) }, outcome.Returns},
		"relaySetNow":       {func() { r := newRelay(); many(r.setNow) }, outcome.Hangs},
		"relayTry":          {func() { r := newRelay(); r.try(1); r.try(2) }, outcome.Returns},
		"gaugeSet":          {func() { g := newGauge(); g.set(1) }, outcome.Hangs},
		"gaugeFlush":        {func() { newGauge().flush() }, outcome.Hangs},
		"calmGaugeSet": {func() {
			g := &calmGauge{keyed: map[string]func(){}}
			calmMirror(g, new(int))
			g.set(1)
		}, outcome.Returns},
		"meterAdd":   {func() { m := newMeter(); m.add(1); m.add(2) }, outcome.Returns},
		"meterReset": {func() { m := newMeter(); many(func(int) { m.reset() }) }, outcome.Hangs},
		"meterClear": {func() { m := newMeter(); many(func(int) { m.clear() }) }, outcome.Hangs},
		"meterLater": {func() { m := newMeter(); m.later(1); m.later(2) }, outcome.Returns},
		"queueAdd":   {func() { q := newQueue(); q.add(1); q.add(2) }, outcome.Returns},
		"shardsStop": {func() {
			s := &shards{}
			s.mu.Lock()
			s.done = make(chan struct{})
			go s.run()
			s.mu.Unlock()
			s.stop()
		}, outcome.Hangs},
		"listenersStop": {func() {
			l := &listeners{}
			l.add(make(chan int))
			l.add(make(chan int))
			go l.remove()
			l.stop()
		}, outcome.Returns},
		"listenersStopLate": {func() { l := &listeners{}; l.add(make(chan int)); go l.remove(); many(func(int) { l.stopLate() }) }, outcome.Hangs},
		"targetsForget": {func() {
			t := &targets{named: map[string]*target{}}
			t.watch("one")
			t.forget("one")
		}, outcome.Returns},
		"checkpointsSync": {func() {
			c := &checkpoints{}
			go func() {
				for range 1000 {
					c.advance()
				}
			}()
			for range 1000 {
				c.syncTwice()
			}
		}, outcome.Returns},
		"trackerAgain":    {func() { newTracker().again() }, outcome.Hangs},
		"trackerMarshal":  {func() { newTracker().marshal() }, outcome.Returns}, // no writer comes
		"trackerTheOther": {func() { newTracker().theOther() }, outcome.Returns},
		"serviceCreate":   {func() { (&service{exits: map[int]int{1: 1}}).create(1) }, outcome.Hangs},
		"serviceExec":     {func() { (&service{exits: map[int]int{1: 1}}).exec(1) }, outcome.Returns},
		"serviceRestore":  {func() { (&service{}).restore(&service{exits: map[int]int{1: 1}}, 1) }, outcome.Returns},
		"sessionsReset":   {func() { newSessions().reset() }, outcome.Hangs},
		"sessionsOrder":   {func() { newSessions().order() }, outcome.Hangs},
		"sessionsOutside": {func() { newSessions().resetOutside() }, outcome.Returns},
		"sessionsArrange": {func() { newSessions().arrange() }, outcome.Returns},
		"quietHostClose":  {func() { h := &quietHost{}; h.listen(); h.Close() }, outcome.Returns},
		"calmHostClose":   {func() { h := &calmHost{}; h.listen(); h.l.Close(); h.Close() }, outcome.Returns},
		"hostClose":       {func() { h := &host{}; h.listen(); h.Close() }, outcome.Returns}, // hangs with the listener's own Close
		"consumerStop": {func() {
			c := &consumer{quit: make(chan struct{})}
			many(func(int) { c.quit = make(chan struct{}); c.start(); runtime.Gosched(); c.stop() })
		}, outcome.Hangs},
		"consumerStopOutside":      {func() { c := &consumer{quit: make(chan struct{})}; c.start(); c.stopOutside() }, outcome.Returns},
		"starterWait":              {func() { s := &starter{}; s.start(false); s.start(true); s.wait() }, outcome.Returns},
		"frontdeskShutdown":        {func() { s := &frontdesk{}; many(func(int) { s.accept(); s.shutdown() }) }, outcome.Hangs},
		"frontdeskShutdownOutside": {func() { s := &frontdesk{}; s.accept(); s.shutdownOutside() }, outcome.Returns},
		"quietDeskShutdown":        {func() { s := &quietDesk{}; s.accept(); s.accept(); s.shutdown() }, outcome.Returns},
		"pipelineFlush":            {func() { p := newPipeline(); many(func(int) { p.add(); _ = p.flush() }) }, outcome.Hangs},
		"pipelineFlushOutside":     {func() { p := newPipeline(); p.add(); _ = p.flushOutside() }, outcome.Returns},
		"vaultConfigure":           {func() { v := &vault{}; many(func(int) { v.start(); v.configure("a") }) }, outcome.Hangs},
		"vaultConfigureOutside":    {func() { v := &vault{}; v.start(); v.configureOutside("a") }, outcome.Returns},
		"containerRelease":         {func() { c := newContainer(); c.start(func() error { return nil }); _ = c.release() }, outcome.Returns},
		"double": {func() {
			d := &double{}
			go many(func(int) { d.get("a"); d.put("b") })
			many(func(int) { d.all() })
		}, outcome.Hangs},
		"doubleOutside":   {func() { d := &double{}; d.getOutside("a"); d.all() }, outcome.Returns},
		"farm":            {func() { f := newFarm(); f.jobs <- -1; f.wg.Wait() }, outcome.Hangs},
		"calmFarm":        {func() { f := newCalmFarm(); f.jobs <- -1; f.wg.Wait() }, outcome.Returns},
		"branch":          {func() { (&branch{children: []*branch{{}, {}}}).growAll() }, outcome.Returns},
		"release":         {func() { r := newRelease(); r.run(); r.run(); _ = r.finish() }, outcome.Hangs},
		"releaseOther":    {func() { r := newRelease(); r.runOther(); _ = r.finish() }, outcome.Returns},
		"poller":          {func() { p := newPoller(); p.in <- 0; p.in <- 1 }, outcome.Hangs},
		"openPoller":      {func() { p := newOpenPoller(); p.in <- 0; p.end(); close(p.in) }, outcome.Returns},
		"dispatcher":      {func() { d := newDispatcher(); d.reqs <- ""; close(d.quit); d.reqs <- "" }, outcome.Hangs},
		"stages":          {func() { s := newStages(); s.in <- "a"; s.in <- "b" }, outcome.Returns},
		"asyncDispatcher": {func() { d := newAsyncDispatcher(); d.reqs <- ""; d.reqs <- "" }, outcome.Returns},
		"watcher":         {func() { w := newWatcher(); many(func(n int) { w.tick <- n }) }, outcome.Hangs},
		"tidyWatcher":     {func() { w := newTidyWatcher(); w.tick <- 1; w.tick <- 2 }, outcome.Returns},
		"kinds": {func() {
			k := &kinds{}
			p := &peerScope{&scope{uses: 1}, k}
			k.peers = map[string]*peerScope{"a": p}
			go many(func(int) { p.join() })
			many(func(int) { k.sweep() })
		}, outcome.Hangs},
		"bazaar": {func() {
			b := &bazaar{topics: map[string]*topic{"a": {&usage{uses: 1}}}}
			m := &member{&usage{}, b}
			go m.join()
			b.sweep()
		}, outcome.Returns},
		"runAll": {func() { runAll([]func(*bench){func(*bench) {}}) }, outcome.Returns},
	})
}
