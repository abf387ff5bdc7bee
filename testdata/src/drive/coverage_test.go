//go:build goexperiment.goroutineleakprofile

package drive

import "testing"

// rows tells which mistake the examples of a folder make. The numbers are those
// of the list of mistakes: G for goroutines and channels, C for closed channels,
// W for WaitGroup and its kin, L for locks.
var rows = []struct{ folder, row, mistake string }{
	{"goroutineleak/earlyreturn", "G1", "early return"},
	{"goroutineleak/served", "G1", "early return"},
	{"goroutineleak/timeout", "G2", "timeout"},
	{"goroutineleak/crosspkg/server", "G2", "timeout"},
	{"goroutineleak/callback", "G2", "timeout"},
	{"goroutineleak/remote", "G2", "timeout"},
	{"goroutineleak/crosspkg", "facts", "mistake in the use of another package"},
	{"goroutineleak/crosspkg/upload", "G4", "early exit of a collecting loop"},
	{"unclosedchan/crosspkg", "facts", "mistake in the use of another package"},
	{"waitgroup/crosspkg", "facts", "mistake in the use of another package"},
	{"closedchan/crosspkg", "facts", "mistake in the use of another package"},
	{"deadlock/explored/crosspkg", "facts", "mistake in the use of another package"},
	{"goroutineleak/ncast", "G3", "many senders, one receive"},
	{"goroutineleak/collect", "G4", "early exit of a collecting loop"},
	{"goroutineleak/doublesend", "G5", "double send"},
	{"unclosedchan/fanin", "G6", "never closed"},
	{"unclosedchan/order", "G6", "never closed"},
	{"unclosedchan/worker", "G6", "never closed"},
	{"goroutineleak/generator", "G7", "abandoned generator"},
	{"goroutineleak/forgotten", "G8", "forgotten Close"},
	{"unclosedchan/dropped", "G8", "forgotten Close"},
	{"goroutineleak/stopsignal", "G9", "stop signal that nobody sends"},
	{"deadlock/explored/tickets", "G9", "channel that nobody sends to"},
	{"deadlock/explored/unanswered", "G9", "stop signal that nobody sends"},
	{"deadlock/explored/slots", "none", "slot that is not given back"},
	{"deadlock/explored/serviceloop", "G10", "service loop that has ended"},
	{"deadlock/explored/behind", "G10", "service loop that has ended"},
	{"goroutineleak/itself", "G10", "service loop that has ended"},
	{"goroutineleak/peergone", "G10", "service loop that has ended"},
	{"goroutineleak/zero", "G11", "zero"},
	{"deadlock/explored/zero", "G11", "zero"},
	{"goroutineleak/workerexit", "G12", "worker that leaves its loop"},
	{"deadlock/explored/dispatch", "G12", "worker that leaves its loop"},
	{"deadlock/explored/exchange", "none", "partner that does not come"},
	{"unclosedchan/ticking", "G13", "endless loop"},
	{"goroutineleak/ticks", "G13", "endless loop"},
	{"unclosedchan/ticker", "G13", "endless loop"},
	{"goroutineleak/endless", "G13", "endless loop"},
	{"goroutineleak/onesignal", "G14", "one signal, two waiters"},
	{"goroutineleak/nilchan", "G15", "nil channel"},
	{"unclosedchan/shadow", "G15", "nil channel"},
	{"goroutineleak/shadow", "G15", "nil channel"},
	{"deadlock/explored/absent", "G15", "nil channel"},
	{"goroutineleak/deadctx", "G16", "dead context"},
	{"goroutineleak/iterpull", "G17", "iterator that is not stopped"},
	{"goroutineleak/pipe", "G18", "pipe that is not closed"},
	{"closedchan/owner", "C1", "closed channel"},
	{"closedchan/nevermade", "C1", "closed channel"},
	{"closedchan/lifecycle", "C1", "closed channel"},
	{"waitgroup/donepath", "W2", "Done skipped on a path"},
	{"waitgroup/balance", "W3", "Add and Done that do not balance"},
	{"waitgroup/waitplace", "W4", "Wait in the wrong place"},
	{"goroutineleak/waitbefore", "W4", "Wait in the wrong place"},
	{"waitgroup/group", "W6", "errgroup"},
	{"goroutineleak/group", "W6", "errgroup"},
	{"goroutineleak/cond", "W7", "condition"},
	{"deadlock/explored/cond", "W7", "condition"},
	{"deadlock/explored/once", "W8", "Once within itself"},
	{"deadlock/explored/underlock", "L6", "waiting under a lock"},
}

// TestCoverage counts the examples of each mistake.
func TestCoverage(t *testing.T) {
	rowOf := map[string]string{}
	for _, r := range rows {
		rowOf[r.folder] = r.row
	}
	pairs := map[string]int{}
	positives, negatives := 0, 0
	for _, s := range scenarios {
		if s.bad == nil {
			negatives++
			continue
		}
		row, ok := rowOf[s.folder()]
		if !ok {
			t.Errorf("%s: the folder is in no row", s.name)
		}
		pairs[row]++
		positives++
	}
	done := map[string]bool{}
	for _, r := range rows {
		if !done[r.row] {
			done[r.row] = true
			t.Logf("%-4s %3d  %s", r.row, pairs[r.row], r.mistake)
		}
		if pairs[r.row] < 3 {
			t.Errorf("%s: %d pairs of examples, want 3 or more", r.row, pairs[r.row])
		}
	}
	t.Logf("%d pairs, %d correct programs", positives, negatives)
	if positives < 120 {
		t.Errorf("%d pairs of examples, want 120 or more", positives)
	}
	if negatives < 80 {
		t.Errorf("%d correct programs, want 80 or more", negatives)
	}
}
