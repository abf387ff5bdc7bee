package closedchan

import (
	"testing"

	"github.com/concheck/concheck/analyzers/internal/checktest"
)

func Test(t *testing.T) { checktest.Run(t, Analyzer) }
