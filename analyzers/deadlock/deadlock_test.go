package deadlock_test

import (
	"testing"

	"github.com/concheck/concheck/analyzers/deadlock"
	"github.com/concheck/concheck/analyzers/internal/checktest"
)

func TestLocks(t *testing.T) {
	checktest.Run(t, deadlock.Analyzer, "deadlock/locks", "deadlock/family")
}
