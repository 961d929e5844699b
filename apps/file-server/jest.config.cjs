module.exports = { ...require('../../jest.preset.cjs'), displayName: 'file-server' };
