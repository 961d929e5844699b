// One file for jest: loading the application costs it more than most of these tests, and every file loads it anew.
import './agent-turns.e2e';
import './attacks.e2e';
import './audit.e2e';
import './conversation-scope.e2e';
import './forwarding.e2e';
import './key-rotation.e2e';
import './leaks/leak-matrix.e2e';
import './leaks/litellm-41265.e2e';
import './operations.e2e';
import './policies.e2e';
import './redis-state.e2e';
import './refusals.e2e';
import './sdk-clients.e2e';
import './sdk-responses.e2e';
import './stored-responses.e2e';
