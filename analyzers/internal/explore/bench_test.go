package explore

import (
	"fmt"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// workerPool is a worker pool: workers range over jobs, a closer waits for them, the
// caller feeds jobs and collects results.
func workerPool(workers, jobs int) *skeleton.Program {
	return skeleton.MustParse(fmt.Sprintf(`
func p.Run "Run" () {
b0:
	%%0 = makechan/p 0 name="jobs"
	%%1 = makechan/p 0 name="results"
	%%2 = alloc/w name="wg"
	%%3 = copy 0
	jump ->b1
b1:
	%%4 = bin :lt %%3 %d
	branch %%4 ->b2,b3
b2:
	wgadd %%2 1
	%%5 = closure &p.worker %%0 %%1 %%2
	spawn %%5
	%%3 = bin :add %%3 1
	jump ->b1
b3:
	%%6 = closure &p.feed %%0
	spawn %%6
	%%7 = closure &p.closer %%1 %%2
	spawn %%7
	jump ->b4
b4:
	%%8 = recv2/p %%1 name="results" @1
	%%9 = elem #1 #1 %%8
	branch %%9 ->b4,b5
b5:
	return
}
func p.worker () free (jobs:p results:p wg:p) {
b0:
	%%3 = recv2/p %%0 name="jobs" @2
	%%4 = elem #1 #1 %%3
	branch %%4 ->b1,b2
b1:
	send %%1 true name="results" @3
	jump ->b0
b2:
	wgadd %%2 -1
	return
}
func p.feed () free (jobs:p) {
b0:
	%%1 = copy 0
	jump ->b1
b1:
	%%2 = bin :lt %%1 %d
	branch %%2 ->b2,b3
b2:
	send %%0 true name="jobs" @4
	%%1 = bin :add %%1 1
	jump ->b1
b3:
	close %%0
	return
}
func p.closer () free (results:p wg:p) {
b0:
	wgwait %%1 name="wg" @5
	close %%0
	return
}
`, workers, jobs))
}

func BenchmarkWorkerPool(b *testing.B) {
	for _, n := range []int{2, 4, 6} {
		b.Run(fmt.Sprintf("workers=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			prog := NewProgram(workerPool(n, 6))
			states := 0
			for b.Loop() {
				res := prog.Run(Root{Func: "p.Run"}, Limits{States: 1 << 20})
				if len(res.Findings) != 0 || res.Bound != "" {
					b.Fatal(res.Findings, res.Bound)
				}
				states += res.States
			}
			b.ReportMetric(float64(states)/b.Elapsed().Seconds(), "states/s")
			b.ReportMetric(float64(states)/float64(b.N), "states")
		})
	}
}
