package waitgroup_test

import (
	"testing"

	"github.com/concheck/concheck/analyzers/internal/checktest"
	"github.com/concheck/concheck/analyzers/waitgroup"
)

func TestCorpus(t *testing.T) {
	checktest.RunWithFixes(t, waitgroup.Analyzer)
}
