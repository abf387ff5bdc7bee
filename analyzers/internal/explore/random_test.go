package explore_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/explore/oracle"
	"github.com/concheck/concheck/analyzers/internal/explore/randprog"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

var (
	programs = flag.Int("programs", 500, "how many random programs TestRandomPrograms compares")
	firstOne = flag.Uint64("first", 0, "seed of the first random program")
)

// oracleStates bounds the states that the oracle follows of one program; the
// few that have more are passed over.
var oracleStates = 3000

// TestRandomPrograms compares the explorer with the oracle on random programs.
func TestRandomPrograms(t *testing.T) {
	compared, failed := 0, 0
	tally := map[string]int{}
	for seed := *firstOne; compared < *programs; seed++ {
		p := randprog.New(seed)
		root := oracle.Root{Func: randprog.Root, Main: seed%4 == 3}
		diff, ok := disagreement(p.Skeleton(), root, tally)
		if !ok {
			tally["too large"]++
			continue
		}
		compared++
		if diff == "" {
			continue
		}
		small := randprog.Shrink(p, func(q *randprog.Program) bool {
			d, ok := disagreement(q.Skeleton(), root, nil)
			return ok && d != ""
		})
		diff, _ = disagreement(small.Skeleton(), root, nil)
		t.Errorf("seed %d (main %t): %s\n%s", seed, root.Main, diff, small.Skeleton())
		if failed++; failed == maxFailures() {
			break
		}
	}
	t.Logf("%d programs compared: %v", compared, tally)
}

func maxFailures() int {
	if n, err := strconv.Atoi(os.Getenv("FAILURES")); err == nil {
		return n
	}
	return 3
}

// miscounted reports whether a wait group was found below zero or a lock unlocked
// once too often. Which of two calls of Done comes too often is a matter of
// order, and the process ends with it: the explorer tells one order.
func miscounted(found map[oracle.Verdict]bool) bool {
	for v := range found {
		if v.Kind == oracle.NegativeCounter || v.Kind == oracle.UnlockUnlocked {
			return true
		}
	}
	return false
}

// disagreement compares verdicts. The explorer must find all of Must and
// nothing outside May; what it reports must name at least one goroutine of
// each set that is left in a state where nothing moves. It may miss what others
// do in the moment in which main returns. ok is false for a program that is too large.
func disagreement(prog *skeleton.Program, root oracle.Root, tally map[string]int) (diff string, ok bool) {
	truth := oracle.Exhaustive(prog, root, oracleStates)
	if truth.Incomplete != "" {
		return "", false
	}
	kind := explore.Plain
	if root.Main {
		kind = explore.Main
	}
	linked, start := explore.NewProgram(prog), explore.Root{Func: root.Func, Kind: kind}
	res, stuckAt := linked.StuckAt(start, explore.Limits{})
	if res.Bound != "" {
		return "the explorer hits the bound " + res.Bound, true
	}
	for i := range res.Findings {
		if res.Findings[i].Kind > explore.UnlockUnlocked {
			continue // no schedule leads to its end
		}
		switch answer, why := linked.Replay(start, &res.Findings[i]); {
		case answer == oracle.Refuted:
			return fmt.Sprintf("replay of %s @%d is %s: %s", oracle.Kind(res.Findings[i].Kind), res.Findings[i].Main.Pos, answer, why), true
		case answer == oracle.Unrefuted && tally != nil:
			tally["too long to replay"]++
		}
	}
	found := map[oracle.Verdict]bool{}
	var told []skeleton.Pos
	for _, pos := range stuckAt {
		found[oracle.Verdict{Kind: oracle.Stuck, Pos: pos}] = true
	}
	for _, f := range res.Findings {
		if f.Kind > explore.UnlockUnlocked {
			continue // the oracle knows no more kinds
		}
		if f.Kind != explore.Stuck {
			found[oracle.Verdict{Kind: oracle.Kind(f.Kind), Pos: f.Main.Pos}] = true
			continue
		}
		for _, g := range append(slices.Clone(f.Others), f.Main) {
			told = append(told, g.Pos)
			found[oracle.Verdict{Kind: oracle.Stuck, Pos: g.Pos}] = true
		}
	}
	var out []string
	for _, v := range truth.Must {
		if tally != nil {
			tally[v.Kind.String()]++
		}
		if !found[v] && !(v.Kind != oracle.Stuck && root.Main) && !miscounted(found) {
			out = append(out, fmt.Sprintf("missed: %s", v))
		}
	}
	for v := range found {
		if !slices.Contains(truth.May, v) {
			out = append(out, fmt.Sprintf("wrong: %s", v))
		}
	}
	slices.Sort(out)
	for _, set := range truth.Together {
		if !slices.ContainsFunc(set, func(pos skeleton.Pos) bool { return slices.Contains(told, pos) }) {
			out = append(out, fmt.Sprintf("no finding tells of %v", set))
		}
	}
	if tally != nil && len(truth.May) == 0 {
		tally["clean"]++
	}
	return strings.Join(out, "; "), true
}
