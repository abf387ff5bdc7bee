package callbacks

// Connect tries until connect succeeds or retry gives up: of the two who may
// send, the second only does if the first has not.
func Connect(retry func(func() error) error, connect func() error) error {
	result := make(chan error)
	connected := false
	try := func() error {
		if err := connect(); err != nil {
			return err
		}
		if !connected {
			result <- nil
			connected = true
		}
		return nil
	}
	go func() {
		if err := retry(try); err != nil && !connected {
			result <- err
		}
	}()
	err := <-result
	close(result)
	return err
}
