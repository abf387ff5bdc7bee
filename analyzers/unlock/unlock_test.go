package unlock_test

import (
	"testing"

	"github.com/concheck/concheck/analyzers/internal/checktest"
	"github.com/concheck/concheck/analyzers/unlock"
)

func Test(t *testing.T) { checktest.Run(t, unlock.Analyzer) }

func TestFixes(t *testing.T) { checktest.RunWithFixes(t, unlock.Analyzer, "unlock/fixes") }
