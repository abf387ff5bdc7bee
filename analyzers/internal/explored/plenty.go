package explored

import (
	"go/token"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
)

// plentyWork bounds the explorations with more items than others take.
const plentyWork = 2_000_000

// runPlenty explores roots again whose goroutines and buffers together take in more
// items than a length was taken to be (see package explore), and takes what waits for
// ever then. Tests are left out: how many items they have stands in them.
func (e *explorer) runPlenty(roots []extract.Root, told map[token.Pos]bool) {
	total := 0
	for _, r := range roots {
		if r.Secondary || isTest(r) || total > plentyWork {
			continue
		}
		e.prog = e.whole
		if e.abroad[r.Func] {
			e.prog = e.aloneProgram()
		}
		res := e.exploreMany(r)
		if res == nil {
			continue
		}
		total += res.Work
		res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool { return e.refused(r, &f) })
		e.add(r, res, told)
	}
}

// maxCrowd bounds the goroutines that take items.
const maxCrowd = 60

// exploreMany explores a root with many items, and finds what waits for ever because
// of them.
func (e *explorer) exploreMany(r extract.Root) *explore.Result {
	res := e.runOnce(r, explore.Limits{Work: littleWork, Step: firstStep, Vain: firstVain, Goroutines: maxCrowd, Plenty: true})
	if res != nil {
		res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool { return f.Kind != explore.Stuck || !f.Ample() })
	}
	return res
}
