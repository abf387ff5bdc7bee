package lostcancel_test

import (
	"testing"

	"github.com/concheck/concheck/analyzers/internal/checktest"
	"github.com/concheck/concheck/analyzers/lostcancel"
)

func Test(t *testing.T) { checktest.Run(t, lostcancel.Analyzer) }
