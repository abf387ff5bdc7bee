package copylock_test

import (
	"testing"

	"github.com/concheck/concheck/analyzers/copylock"
	"github.com/concheck/concheck/analyzers/internal/checktest"
)

func TestCorpus(t *testing.T) {
	checktest.RunWithFixes(t, copylock.Analyzer)
}
