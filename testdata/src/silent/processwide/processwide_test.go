package processwide

import "testing"

func TestRun(t *testing.T) { Run(func() error { return nil }) }

func TestSetUp(t *testing.T) { setUp() }
